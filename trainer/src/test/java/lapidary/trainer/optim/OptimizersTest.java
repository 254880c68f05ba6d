package lapidary.trainer.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.OptionalDouble;
import lapidary.models.InvalidInputException;
import org.junit.jupiter.api.Test;

final class OptimizersTest {
  private static final Optimizers.Options BETA =
      new Optimizers.Options(OptionalDouble.empty(), OptionalDouble.of(0.8), true);

  @Test
  void withoutOptionsTheDefaultsArePyTorchs() {
    assertThat(named("sgd")).isEqualTo(new Sgd(0, WeightDecay.NONE));
    assertThat(named("momentum")).isEqualTo(new Sgd(0.9, WeightDecay.NONE));
    assertThat(named("rmsprop")).isEqualTo(new RmsProp(0.99, 1e-8, WeightDecay.NONE));
    assertThat(named("adam")).isEqualTo(new Adam(0.9, 0.999, 1e-8, WeightDecay.NONE));
    assertThat(named("adamw")).isEqualTo(new Adam(0.9, 0.999, 1e-8, WeightDecay.decoupled(0.01)));
  }

  @Test
  void optionsAreTaken() {
    Optimizers.Options options =
        new Optimizers.Options(OptionalDouble.of(0.3), OptionalDouble.of(0.8), false);
    assertThat(Optimizers.named("adamw", options))
        .isEqualTo(new Adam(0.8, 0.999, 1e-8, WeightDecay.decoupled(0.3).onWeightsOnly()));
  }

  @Test
  void anOptionThatWouldDoNothingIsRefused() {
    assertThatThrownBy(() -> Optimizers.named("rmsprop", BETA))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("optimizer rmsprop has no momentum to set");
    assertThat(Optimizers.named("momentum", BETA).momentum()).isEqualTo(0.8);
  }

  @Test
  void anUnknownNameIsRefusedWithTheNearest() {
    assertThatThrownBy(() -> named("adamv"))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("unknown optimizer \"adamv\"; did you mean \"adam");
  }

  @Test
  void impossibleNumbersAreRefused() {
    assertThatThrownBy(() -> new Sgd(1, WeightDecay.NONE))
        .hasMessageContaining("momentum 1.0; give 0 or more and less than 1");
    assertThatThrownBy(() -> WeightDecay.l2(-1)).hasMessageContaining("weight decay -1.0");
  }

  private static Optimizer named(String name) {
    return Optimizers.named(name, Optimizers.Options.DEFAULT);
  }
}
