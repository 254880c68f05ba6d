package lapidary.cli.option;

import java.nio.file.Path;
import java.util.function.Function;
import lapidary.models.InvalidInputException;
import lapidary.runtime.CertifiedWeights;
import lapidary.runtime.Embedder;
import lapidary.runtime.ItemFactors;
import lapidary.runtime.Model;
import lapidary.runtime.ModelOptions;
import lapidary.runtime.RatingPredictor;
import lapidary.runtime.device.Device;
import lapidary.search.movies.MovieCatalogue;

/** The one place where commands open a model: its weights have to be those that were exported. Stateless. */
public final class ModelFiles {
  private ModelFiles() {}

  /**
   * Opens a file, which the caller closes.
   *
   * @throws InvalidInputException if it cannot be opened, or its weights are not those it was exported with
   */
  public static Model open(Path file, Device device) {
    return open(file, ModelOptions.of(device));
  }

  /**
   * Opens a file in a certain way; the caller closes it.
   *
   * @throws InvalidInputException as {@link #open(Path, Device)}
   */
  public static Model open(Path file, ModelOptions options) {
    Model model = Model.open(file, options);
    return owned(model, open -> {
      CertifiedWeights.require(open);
      return open;
    });
  }

  /** Opens a file for the output that makes the best vector. */
  public static Embedder embedder(Path file, Device device) {
    return owned(open(file, device), Embedder::owning);
  }

  /** Opens a file for one of its outputs. */
  public static Embedder embedder(Path file, Device device, String output) {
    return owned(open(file, device), model -> Embedder.owning(model, output));
  }

  /** Opens the rating file of a recommender. */
  public static RatingPredictor ratings(Path file, Device device) {
    return owned(open(file, device), RatingPredictor::owning);
  }

  /** Reads the item file of a recommender. */
  public static MovieCatalogue movies(Path file, Device device) {
    try (Model model = open(file, device)) {
      return MovieCatalogue.of(ItemFactors.of(model));
    }
  }

  private static <T> T owned(Model model, Function<Model, T> owner) {
    try {
      return owner.apply(model);
    } catch (RuntimeException | Error e) {
      model.close();
      throw e;
    }
  }
}
