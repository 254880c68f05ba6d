package lapidary.cli.option;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import lapidary.runtime.device.Device;

/**
 * Where images go through a model. Of many images a CPU's threads take a batch each, which leaves none of them idle; the threads of one
 * run would wait for each other, and for the decoder. Of a few, which are one batch, all threads share the run.
 *
 * @param device what a model is opened on
 * @param workers how many batches are in work at a time
 */
public record BulkDevice(Device device, int workers) {
  /** Files that go into one batch, of the largest images too. */
  private static final int FEW = 16;

  /**
   * For many images.
   *
   * @param asked the device that the user names, with as many threads as may be used
   */
  public static BulkDevice of(Device asked) {
    return asked instanceof Device.Cpu cpu
        ? new BulkDevice(Device.cpu(1), cpu.threads())
        : new BulkDevice(asked, Runtime.getRuntime().availableProcessors());
  }

  /**
   * For what a user names: a folder or an archive may have any number of images.
   *
   * @param asked the device that the user names, with as many threads as may be used
   */
  public static BulkDevice of(Device asked, List<Path> inputs) {
    boolean few = inputs.size() <= FEW && inputs.stream().noneMatch(input -> isMany(input));
    return few && asked instanceof Device.Cpu ? new BulkDevice(asked, 1) : of(asked);
  }

  private static boolean isMany(Path input) {
    String name = input.toString().toLowerCase(Locale.ROOT);
    return Files.isDirectory(input) || name.endsWith(".zip");
  }
}
