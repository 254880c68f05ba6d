package lapidary.search.space;

import tagbio.umap.ProgressListener;
import tagbio.umap.Umap;
import tagbio.umap.UmapProgress;

/**
 * Runs UMAP and tells how far it is. The library counts for all of its runs together: so that shares are of one, there is one run at a time
 * in a process, and others wait. Stateless.
 */
final class UmapRun {
  private static final Object ONE_AT_A_TIME = new Object();

  private UmapRun() {}

  /**
   * @param rows [items][columns]; not changed
   * @param progress is told shares up to {@code whole}
   */
  static float[][] fit(Umap umap, float[][] rows, Progress progress, double whole) {
    ProgressListener listener =
        state -> progress.tell(whole * state.getCount() / Math.max(1, state.getTotal()));
    synchronized (ONE_AT_A_TIME) {
      UmapProgress.addProgressListener(listener);
      try {
        return umap.fitTransform(rows);
      } finally {
        UmapProgress.removeProgressListener(listener);
      }
    }
  }
}
