package lapidary.search.embed;

/** Takes vectors as they come out of an {@link EmbeddingPipeline}, on the thread that runs it. */
@FunctionalInterface
public interface EmbeddingSink {
  /** Takes the next pictures, which follow those before in the order they went in. What it throws ends the run. */
  void take(EmbeddedBatch batch);
}
