package lapidary.exporter.trace;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class CallStackTest {
  @Test
  void aFrameWithoutALineIsToldByItsCallerInTheSameClass() {
    Throwable overflow = new Throwable();
    overflow.setStackTrace(new StackTraceElement[] {frame("Own", -1), frame("Own", 12)});
    assertThat(CallStack.lineOf(overflow)).isEqualTo("user.Own.endless(Own.java:12)");
    overflow.setStackTrace(new StackTraceElement[] {frame("Own", -1), frame("Other", 7)});
    assertThat(CallStack.lineOf(overflow)).isEqualTo("user.Own.endless(Own.java)");
  }

  private static StackTraceElement frame(String type, int line) {
    return new StackTraceElement("user." + type, "endless", type + ".java", line);
  }
}
