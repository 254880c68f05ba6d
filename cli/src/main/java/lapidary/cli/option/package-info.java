/**
 * Options that several command families share, as mixins.
 * The families may come in; it knows the console only.
 * Begin reading at {@link lapidary.cli.option.DataOption}.
 */
@NullMarked
package lapidary.cli.option;

import org.jspecify.annotations.NullMarked;
