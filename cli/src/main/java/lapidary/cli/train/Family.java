package lapidary.cli.train;

import java.util.List;
import java.util.Map;
import lapidary.cli.console.Console;
import lapidary.trainer.TrainingPlan;
import lapidary.trainer.kind.ImageModel;
import lapidary.trainer.kind.ModelChoice;
import lapidary.trainer.kind.PhotoModel;
import lapidary.trainer.kind.RatingModel;
import lapidary.trainer.kind.Recipe;
import lapidary.trainer.problem.Problem;
import picocli.CommandLine.Model.CommandSpec;

/**
 * What the models that learn from one sort of data have of their own on the command line: how the data is read, and the model's
 * size. Its options are mixed into the commands of each of its models.
 */
interface Family {
  /** The family of a model, with options that nobody has set yet. */
  static Family of(ModelChoice model) {
    if (model instanceof ImageModel images) {
      return new ImageFamily(images);
    }
    if (model instanceof PhotoModel photos) {
      return new PhotoFamily(photos);
    }
    return model instanceof RatingModel ? new RatingFamily() : new TableFamily();
  }

  /** Its options. */
  default CommandSpec options() {
    return CommandSpec.forAnnotatedObject(this);
  }

  /** Options that a search for a rate leaves alone. */
  default List<CommandSpec> trainingOptions() {
    return List.of();
  }

  /** The model in the size asked for. */
  ModelChoice sized(ModelChoice start);

  /** The recipe to start from. */
  default Recipe recipe(Recipe documented) {
    return documented;
  }

  /** The recipe with what comes before its last phase as asked for. */
  default Recipe withPhases(Recipe recipe) {
    return recipe;
  }

  /** Reads the data. */
  Problem problem(String data, Console console);

  /** What the options of a model are by default: name to value. */
  default Map<String, String> defaults(TrainingPlan plan) {
    return plan.hyperParameters();
  }

  /** Data to show a command by, as options. */
  String data();

  /** Options that show what training can do. */
  List<String> examples();
}
