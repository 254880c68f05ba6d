package lapidary.search.pace;

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

  @Test
  void aLongOneAmongShortOnesIsRememberedForAWhile() {
    pace.took(SHORT);
    pace.took(LONG);
    IntStream.range(0, 10).forEach(i -> pace.took(SHORT));
    assertFalse(pace.isShort());
    IntStream.range(0, 40).forEach(i -> pace.took(SHORT));
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
