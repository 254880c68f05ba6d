package lapidary.cli.option;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import lapidary.models.InvalidInputException;
import lapidary.runtime.device.Device;
import lapidary.runtime.device.GpuOptions;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

final class GpuOptionTest {
  @Test
  void whatIsGivenIsAskedOfTheDevice() {
    assertThat(parsed("--gpu-precision=FLOAT32", "--gpu-search=heuristic", "--gpu-memory=3072")
            .on(Device.cuda(1))
            .gpu())
        .isEqualTo(GpuOptions.DEFAULT
            .withArithmetic(GpuOptions.Arithmetic.FLOAT32)
            .withSearch(GpuOptions.Search.HEURISTIC)
            .withMemoryLimit(3L << 30));
    assertThat(parsed("--gpu-precision=float16", "--engines=built")
            .on(Device.tensorRt(0))
            .gpu())
        .isEqualTo(GpuOptions.DEFAULT
            .withArithmetic(GpuOptions.Arithmetic.FLOAT16)
            .withEngines(Path.of("built")));
  }

  @Test
  void withoutAnyEveryDeviceIsOpenedAsEver() {
    assertThat(parsed().on(Device.cpu(1)).gpu()).isEqualTo(GpuOptions.DEFAULT);
  }

  @Test
  void aNameThatIsNotKnownIsAnsweredWithThoseThatAre() {
    refused("unknown GPU precision \"fp32\"", "--gpu-precision=fp32");
    refused("Known: float32, tf32, float16", "--gpu-precision=x");
    refused(
        "unknown GPU search \"heuristics\"; did you mean \"heuristic\"?",
        "--gpu-search=heuristics");
  }

  @Test
  void aCpuTakesNone() {
    assertThatThrownBy(() -> parsed("--gpu-memory=10").on(Device.cpu(1)))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage("the device cpu:1 takes no options of GPUs; omit them, or use the device cuda");
  }

  private static void refused(String sentence, String argument) {
    assertThatThrownBy(() -> parsed(argument).on(Device.cuda(0)))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining(sentence);
  }

  private static GpuOption parsed(String... arguments) {
    Options options = new Options();
    new CommandLine(options).parseArgs(arguments);
    return options.gpu;
  }

  @Command
  private static final class Options {
    @Mixin
    private final GpuOption gpu = new GpuOption();
  }
}
