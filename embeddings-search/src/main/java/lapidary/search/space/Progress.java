package lapidary.search.space;

/** How far a computation is, from 0 to 1; it never goes back. Thread-safe: one thread tells, any may ask. */
final class Progress {
  private volatile double share;

  /** Tells the share of the work that is done. */
  void tell(double done) {
    share = Math.max(share, Math.min(1, done));
  }

  double share() {
    return share;
  }
}
