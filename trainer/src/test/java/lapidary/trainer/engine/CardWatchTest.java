package lapidary.trainer.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.jna.Pointer;
import com.sun.jna.ptr.IntByReference;
import com.sun.jna.ptr.LongByReference;
import com.sun.jna.ptr.PointerByReference;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import lapidary.models.cuda.GpuFacts;
import org.junit.jupiter.api.Test;

/** A driver of two cards in Java, which holds callers to the order that CUDA's documentation gives. */
final class CardWatchTest {
  private static final GpuFacts.Card H100 = new GpuFacts.Card("NVIDIA H100", 90, 81559);
  private static final GpuFacts.Card L4 = new GpuFacts.Card("NVIDIA L4", 89, 23034);

  private final Driver driver = new Driver();
  private final CardWatch watch = new CardWatch(driver, "535.104.05", Map.of(1, H100));

  @Test
  void theMostThatWasSeenOfACardIsTold() {
    driver.used = new long[] {77, 500};
    watch.look();
    driver.used = new long[] {88, 12_345};
    watch.look();
    driver.used = new long[] {99, 700};
    watch.look();

    assertThat(watch.seen())
        .containsExactly(new CardUse("cuda:1", "NVIDIA H100", "535.104.05", 12_345, 81559));
    assertThat(watch.seen().get(0).text())
        .isEqualTo("cuda:1: NVIDIA H100, driver 535.104.05, at most 12,345 of 81,559 MiB in use");
    assertThat(driver.contexts).isEmpty();
    assertThat(driver.retained).isZero();
  }

  @Test
  void aDriverThatDoesNotSayLeavesTheCardItsName() {
    driver.refusing = "cuMemGetInfo_v2";
    watch.look();

    assertThat(watch.seen())
        .extracting(CardUse::text)
        .containsExactly("cuda:1: NVIDIA H100, driver 535.104.05");
    assertThat(driver.contexts).isEmpty();
    assertThat(driver.retained).isZero();
  }

  @Test
  void aDriverWithoutSuchAFunctionEndsNothing() {
    CardWatch old = new CardWatch(
        (function, arguments) -> {
          throw new UnsatisfiedLinkError(function);
        },
        "",
        Map.of(0, L4));
    old.look();

    assertThat(old.seen()).extracting(CardUse::text).containsExactly("cuda:0: NVIDIA L4");
  }

  @Test
  void aCpuHasNoCards() {
    CardWatch none = CardWatch.of(new DeviceChoice("cpu", "asked for"));
    none.look();

    assertThat(none.seen()).isEmpty();
    assertThat(new DeviceChoice("cpu", "asked for").after(none))
        .isEqualTo(new DeviceChoice("cpu", "asked for"));
  }

  private static final class Driver implements DriverCalls {
    private final Deque<Pointer> contexts = new ArrayDeque<>();
    private final List<Integer> asked = new ArrayList<>();
    private long[] used = {0, 0};
    private int retained;
    private String refusing = "";

    @Override
    public int call(String function, Object... arguments) {
      if (function.equals(refusing)) {
        return 201;
      }
      switch (function) {
        // Handles are not numbers of cards.
        case "cuDeviceGet" -> ((IntByReference) arguments[0]).setValue(40 + (int) arguments[1]);
        case "cuDevicePrimaryCtxRetain" -> {
          retained++;
          ((PointerByReference) arguments[0]).setValue(new Pointer((int) arguments[1]));
        }
        case "cuCtxPushCurrent_v2" -> contexts.push((Pointer) arguments[0]);
        case "cuMemGetInfo_v2" -> {
          int card = (int) Pointer.nativeValue(contexts.element()) - 40;
          asked.add(card);
          ((LongByReference) arguments[0]).setValue((80_000 - used[card]) << 20);
          ((LongByReference) arguments[1]).setValue(80_000L << 20);
        }
        case "cuCtxPopCurrent_v2" -> contexts.pop();
        case "cuDevicePrimaryCtxRelease_v2" -> retained--;
        default -> throw new AssertionError(function);
      }
      return 0;
    }
  }
}
