package lapidary.cli.train;

import java.util.ArrayList;
import java.util.List;
import lapidary.cli.console.Console;
import lapidary.trainer.data.DataRoots;
import lapidary.trainer.data.ImageDatasets;
import lapidary.trainer.kind.ImageModel;
import lapidary.trainer.kind.ModelChoice;
import lapidary.trainer.problem.Problem;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** Models of the images of one file: an option for each setting of their size. */
final class ImageFamily implements Family {
  private final List<OptionSpec> settings = new ArrayList<>();

  ImageFamily(ImageModel model) {
    model
        .settings()
        .forEach(setting -> settings.add(OptionSpec.builder("--" + setting.name())
            .type(Integer.class)
            .paramLabel("N")
            .description(capital(setting.meaning()) + ".")
            .build()));
  }

  private static String capital(String words) {
    return Character.toUpperCase(words.charAt(0)) + words.substring(1);
  }

  @Override
  public CommandSpec options() {
    CommandSpec options = CommandSpec.create();
    settings.forEach(options::addOption);
    return options;
  }

  @Override
  public ModelChoice sized(ModelChoice start) {
    ImageModel model = (ImageModel) start;
    for (OptionSpec setting : settings) {
      Integer value = setting.getValue();
      model = value == null ? model : model.with(setting.longestName().substring(2), value);
    }
    return model;
  }

  @Override
  public Problem problem(String data, Console console) {
    return Problem.of(ImageDatasets.load(data, DataRoots.fromEnvironment(console.environment())));
  }

  @Override
  public String data() {
    return "--data fashion-mnist";
  }

  @Override
  public List<String> examples() {
    return List.of(
        "--data fashion-mnist --epochs 5 --seed 0 --out runs/clothes",
        "--data fashion-mnist --lr 1e-2 --one-cycle --optimizer adamw --wd 0.01 --out runs/cycle");
  }
}
