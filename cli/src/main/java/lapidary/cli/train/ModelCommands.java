package lapidary.cli.train;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import lapidary.cli.console.Console;
import lapidary.cli.console.GroupCommand;
import lapidary.models.ModelCard;
import lapidary.trainer.TrainingPlan;
import lapidary.trainer.kind.ModelChoice;
import lapidary.trainer.schedule.Schedule;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** The commands that there are once a documented model: names, options, defaults and examples follow from the kinds. Stateless. */
public final class ModelCommands {
  private ModelCommands() {}

  /** {@code train} and a command for each model. */
  public static CommandLine train(Console console) {
    CommandLine group = GroupCommand.over(
        "model",
        "train",
        "Trains a documented model into a run folder; see train MODEL --help.",
        "train mnist-nn --data fashion-mnist --out runs/clothes",
        "train collab --data movielens-100k --out runs/films");
    for (ModelChoice model : ModelChoice.documented()) {
      Family family = Family.of(model);
      CommandLine command = new CommandLine(new TrainCommand(console, model, family));
      family.trainingOptions().forEach(options -> mix(command, options));
      describe(command, model, family, family.examples(), "train");
      group.addSubcommand(model.name(), command);
    }
    return group;
  }

  /** {@code lr-find} and a command for each model. */
  public static CommandLine search(Console console) {
    CommandLine group = GroupCommand.over(
        "model",
        "lr-find",
        "Searches for a learning rate, draws the search and suggests one; see lr-find MODEL --help.",
        "lr-find mnist-nn --data fashion-mnist --optimizer adamw --out lr.svg");
    for (ModelChoice model : ModelChoice.documented()) {
      Family family = Family.of(model);
      CommandLine command = new CommandLine(new LrFindCommand(console, model, family));
      describe(command, model, family, List.of(family.data() + " --out lr.svg"), "lr-find");
      group.addSubcommand(model.name(), command);
    }
    return group;
  }

  private static void mix(CommandLine command, CommandSpec options) {
    command.getCommandSpec().addMixin("options " + command.getMixins().size(), options);
  }

  private static void describe(
      CommandLine command, ModelChoice model, Family family, List<String> examples, String verb) {
    mix(command, family.options());
    CommandSpec spec = command.getCommandSpec().name(model.name());
    TrainingPlan plan = TrainingPlan.of(model.name());
    showDefaults(spec, family.defaults(plan));
    hide(spec, needless(plan));
    List<String> footer =
        new ArrayList<>(List.of("", examples.size() == 1 ? "Example:" : "Examples:"));
    examples.forEach(
        example -> footer.add("  ./lapidary " + verb + " " + model.name() + " " + example));
    spec.usageMessage()
        .description(ModelCard.documented(model.name())
            .flatMap(card -> card.lines().findFirst())
            .orElse(model.name()))
        .footer(footer.toArray(String[]::new));
  }

  /** Says behind an option what it is without being given, where its own description does not. */
  private static void showDefaults(CommandSpec spec, Map<String, String> defaults) {
    for (OptionSpec option : List.copyOf(spec.options())) {
      String usual = defaults.get(option.longestName().substring(2));
      String text = String.join(" ", option.description());
      if (usual != null && !text.contains("default")) {
        String said = text.substring(0, text.length() - 1) + "; default " + usual + ".";
        replace(spec, option, option.toBuilder().description(said).build());
      }
    }
  }

  /** Options that change nothing for this model: they are taken all the same, since commands of others have them. */
  private static Set<String> needless(TrainingPlan plan) {
    Set<String> needless = new TreeSet<>();
    if (plan.model().presets().size() == 1) {
      needless.add("--preset");
    }
    if (plan.recipe().fit().schedule().equals(Schedule.oneCycle())) {
      needless.add("--one-cycle");
    }
    return needless;
  }

  private static void hide(CommandSpec spec, Set<String> names) {
    for (OptionSpec option : List.copyOf(spec.options())) {
      if (names.contains(option.longestName())) {
        replace(spec, option, option.toBuilder().hidden(true).build());
      }
    }
  }

  private static void replace(CommandSpec spec, OptionSpec option, OptionSpec by) {
    spec.remove(option);
    spec.addOption(by);
  }
}
