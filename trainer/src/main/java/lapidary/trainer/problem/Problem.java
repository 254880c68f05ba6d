package lapidary.trainer.problem;

import lapidary.models.Architecture;
import lapidary.models.InvalidInputException;
import lapidary.models.Tabular;
import lapidary.trainer.data.ImageDataset;
import lapidary.trainer.data.photos.PhotoDataset;
import lapidary.trainer.data.ratings.RatingsDataset;
import lapidary.trainer.data.tables.TableDataset;
import lapidary.trainer.kind.ImageModel;
import lapidary.trainer.kind.ModelChoice;
import lapidary.trainer.kind.PhotoModel;
import lapidary.trainer.kind.RatingModel;
import lapidary.trainer.kind.Recipe;
import lapidary.trainer.kind.TableModel;

/** The data of a run, for whichever model is to learn from it. Immutable. */
public sealed interface Problem {
  /** Images of one file, to be classified. */
  static Problem of(ImageDataset data) {
    return new Images(data);
  }

  /** Photos, to be classified; decoded as they are needed. */
  static Problem of(PhotoDataset data, PhotoOptions options) {
    return new Photos(data, options);
  }

  /** Ratings, to be predicted. */
  static Problem of(RatingsDataset data) {
    return new AllRatings(data);
  }

  /** Rows of a table, one column of which is to be predicted. */
  static Problem of(TableDataset data) {
    return new Rows(data);
  }

  /**
   * The data as a model's rows.
   *
   * @param batch rows a step
   * @throws InvalidInputException if the model learns from something else, or does not take these rows
   */
  Subject subject(ModelChoice model, int batch);

  /** A model's documented recipe as it suits these rows: for small tables smaller batches and more epochs. */
  default Recipe suited(Recipe documented) {
    return documented;
  }

  /** Images of one file. */
  record Images(ImageDataset data) implements Problem {
    @Override
    public Subject subject(ModelChoice model, int batch) {
      if (model instanceof ImageModel images) {
        return ImageSubject.of(images, data);
      }
      throw model.otherData("images in one file", Architecture.MnistNn.NAME);
    }
  }

  /** Photos, and how they are learned from. */
  record Photos(PhotoDataset data, PhotoOptions options) implements Problem {
    @Override
    public Subject subject(ModelChoice model, int batch) {
      if (model instanceof PhotoModel photos) {
        return PhotoSubject.of(photos, batch, data, options);
      }
      throw model.otherData("photos", Architecture.Resnet.NAME_18);
    }
  }

  /** Ratings. */
  record AllRatings(RatingsDataset data) implements Problem {
    @Override
    public Subject subject(ModelChoice model, int batch) {
      if (model instanceof RatingModel ratings) {
        return RatingSubject.of(ratings, data);
      }
      throw model.otherData("ratings", Architecture.Collab.NAME);
    }
  }

  /** Rows of a table. */
  record Rows(TableDataset data) implements Problem {
    @Override
    public Subject subject(ModelChoice model, int batch) {
      if (model instanceof TableModel table) {
        return TableSubject.of(table, data);
      }
      throw model.otherData("tables", Tabular.NAME);
    }

    @Override
    public Recipe suited(Recipe documented) {
      return TableModel.suited(documented, data.parts().train().rows());
    }
  }
}
