package lapidary.trainer.engine;

import ai.djl.Device;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import lapidary.models.cuda.CudaLibraries;
import lapidary.models.cuda.GpuFacts;
import lapidary.models.cuda.NvidiaDriver;

/**
 * Looks now and then at the memory of the cards of a training. PyTorch gives nothing back that it has taken, unless it runs out, so
 * that a look after an epoch sees what was the most in it. Not thread-safe.
 */
public final class CardWatch {
  private final DriverCalls driver;
  private final String version;
  private final Map<Integer, GpuFacts.Card> cards;
  private final Map<Integer, Long> peaks = new LinkedHashMap<>();

  /**
   * A watch.
   *
   * @param driver that is asked
   * @param version of the driver, or nothing
   * @param cards by their number
   */
  CardWatch(DriverCalls driver, String version, Map<Integer, GpuFacts.Card> cards) {
    this.driver = driver;
    this.version = version;
    this.cards = new LinkedHashMap<>(cards);
  }

  /** A watch of the cards among a training's devices, of which a CPU has none. */
  public static CardWatch of(DeviceChoice choice) {
    List<Device> gpus =
        choice.devices().stream().filter(Device::isGpu).distinct().toList();
    if (gpus.isEmpty()) {
      return new CardWatch((function, arguments) -> 0, "", Map.of());
    }
    List<GpuFacts.Card> known = CudaDriver.ask().cards();
    Map<Integer, GpuFacts.Card> cards = new LinkedHashMap<>();
    gpus.stream()
        .map(Device::getDeviceId)
        .filter(number -> number < known.size())
        .forEach(number -> cards.put(number, known.get(number)));
    Optional<String> version =
        NvidiaDriver.ask(CudaLibraries.ofThisProcess().system()).version();
    return new CardWatch(CudaDriver.calls(), version.orElse(""), cards);
  }

  /** Looks. */
  public void look() {
    cards
        .keySet()
        .forEach(number -> memory(number)
            .ifPresent(memory -> peaks.merge(number, memory.used() >> 20, Math::max)));
  }

  /** A driver that lacks such a function is no reason to end a training. */
  private Optional<CardMemory> memory(int number) {
    try {
      return CardMemory.of(driver, number);
    } catch (LinkageError e) {
      return Optional.empty();
    }
  }

  /** What was seen so far. */
  public List<CardUse> seen() {
    List<CardUse> uses = new ArrayList<>();
    cards.forEach((number, card) -> uses.add(new CardUse(
        "cuda:" + number, card.name(), version, peaks.getOrDefault(number, 0L), card.mebibytes())));
    return List.copyOf(uses);
  }
}
