/**
 * Models as the Open Inference Protocol sees them, whatever carries it: names, datatypes, requests of named tensors and their answers,
 * the repository's index and statistics. Knows neither HTTP nor gRPC; for {@code lapidary.search.http} and
 * {@code lapidary.search.grpc}, which speak it, and for programs. Stands on {@code lapidary.runtime}.
 * Begin reading at {@link lapidary.search.inference.InferenceService}.
 */
@NullMarked
package lapidary.search.inference;

import org.jspecify.annotations.NullMarked;
