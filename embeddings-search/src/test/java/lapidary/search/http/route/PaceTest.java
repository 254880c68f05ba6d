package lapidary.search.http.route;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PaceTest {
  private static final long SHORT = 50_000;
  private static final long LONG = 20_000_000;

  private final Pace pace = new Pace();

  @Test
  void unknownWorkIsNotShort() {
    assertFalse(pace.isShort());
  }

  @Test
  void shortWorkIsKnownOnceItWasDone() {
    pace.took(SHORT);
    assertTrue(pace.isShort());
  }

  /** A machine that is busy interrupts one in ten for as long as a time slice. */
  @Test
  void oneLongOneOfTenIsTheMachine() {
    mixed(9, 1);
    assertTrue(pace.isShort());
  }

  @Test
  void oneLongOneOfTwoIsTooOften() {
    mixed(1, 1);
    assertFalse(pace.isShort());
  }

  private void mixed(int shorts, int longs) {
    pace.took(SHORT);
    for (int i = 0; i < 200; i++) {
      IntStream.range(0, longs).forEach(each -> pace.took(LONG));
      IntStream.range(0, shorts).forEach(each -> pace.took(SHORT));
    }
  }

  @Test
  void workThatHasBecomeLongIsKnownAfterTwenty() {
    pace.took(SHORT);
    IntStream.range(0, 3).forEach(each -> pace.took(LONG));
    assertTrue(pace.isShort());
    IntStream.range(0, 17).forEach(each -> pace.took(LONG));
    assertFalse(pace.isShort());
  }

  @Test
  void workThatWasLongIsShortAgainAfterAHundred() {
    IntStream.range(0, 500).forEach(each -> pace.took(LONG));
    IntStream.range(0, 20).forEach(each -> pace.took(SHORT));
    assertFalse(pace.isShort());
    IntStream.range(0, 80).forEach(each -> pace.took(SHORT));
    assertTrue(pace.isShort());
  }

  @Test
  void workThatFailsTellsNothing() throws Exception {
    Paces paces = new Paces();
    assertThrows(
        IOException.class,
        () -> paces.timed("a", () -> {
          throw new IOException("gone");
        }));
    assertFalse(paces.isShort("a"));
    assertEquals("done", paces.timed("a", () -> "done"));
    paces.took("b", SHORT);
    assertTrue(paces.isShort("b"));
    assertFalse(paces.isShort("c"));
  }
}
