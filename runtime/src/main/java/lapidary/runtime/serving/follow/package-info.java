/**
 * A file that is followed: the model of it that answers, its leases, and when it is tried again. Not API: public for the rooms
 * above, {@code lapidary.runtime.serving} and {@code lapidary.runtime.serving.registry}.
 * Begin reading at {@link lapidary.runtime.serving.follow.FollowedFile}.
 */
@NullMarked
package lapidary.runtime.serving.follow;

import org.jspecify.annotations.NullMarked;
