package lapidary.runtime.isolated;

import java.io.IOException;
import java.io.OutputStream;

/** What a child does first. Stateless. */
public final class Guard {
  /** The first line a child prints: Java found its classes. */
  static final String READY = "ready";

  private Guard() {}

  /** Says that the child has begun, and ends it when its parent is gone. */
  public static void begin() {
    System.out.println(READY);
    Thread guard = new Thread(Guard::untilGone, "lapidary-guard");
    guard.setDaemon(true);
    guard.start();
  }

  private static void untilGone() {
    try {
      // Nobody writes to the pipe: reading ends when the parent does.
      System.in.transferTo(OutputStream.nullOutputStream());
    } catch (IOException e) {
      // A pipe that is gone says the same.
    }
    Runtime.getRuntime().halt(1);
  }
}
