package lapidary.examples;

import ai.djl.Device;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.Block;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.convolutional.Conv2d;
import ai.djl.nn.core.Linear;
import ai.djl.nn.norm.BatchNorm;
import ai.djl.nn.pooling.Pool;
import java.nio.file.Path;
import lapidary.exporter.OnnxExporter;
import lapidary.models.ImageInput;
import lapidary.trainer.data.RandomSplit;
import lapidary.trainer.data.photos.Augmentation;
import lapidary.trainer.data.photos.PhotoDataset;
import lapidary.trainer.data.photos.PhotoDatasets;
import lapidary.trainer.learn.FitResult;
import lapidary.trainer.learn.Learner;
import lapidary.trainer.learn.LearnerOptions;
import lapidary.trainer.learn.Objective;
import lapidary.trainer.network.Network;
import lapidary.trainer.optim.Adam;
import lapidary.trainer.optim.WeightDecay;
import lapidary.trainer.problem.PhotoRows;
import lapidary.trainer.report.Report;

/** Trains a network of one's own on photos of one's own. */
public final class OwnPhotos {
  private OwnPhotos() {}

  /** Arguments: a folder or zip file of photos by class, the report and the ONNX file to write. */
  public static void main(String[] arguments) {
    Path place = Path.of(arguments[0]);
    Path report = Path.of(arguments[1]);
    Path onnx = Path.of(arguments[2]);
    PhotoDataset data = PhotoDatasets.load(place, new RandomSplit(0.2, 0));
    Block block = new SequentialBlock()
        .add(Conv2d.builder().setKernelShape(new Shape(3, 3)).setFilters(16).build())
        .add(BatchNorm.builder().build())
        .add(Activation.reluBlock())
        .add(Pool.maxPool2dBlock(new Shape(2, 2), new Shape(2, 2)))
        .add(Conv2d.builder().setKernelShape(new Shape(3, 3)).setFilters(32).build())
        .add(Activation.reluBlock())
        .add(Pool.globalAvgPool2dBlock())
        .add(Linear.builder().setUnits(data.labels().size()).build());
    Objective objective = Objective.classifier(Adam.of(WeightDecay.decoupled(0.01)));
    try (PhotoRows photos = PhotoRows.of(data, ImageInput.resnet(64), Augmentation.DEFAULT);
        Network network = Network.of(block, Device.cpu(), 0, photos.shape());
        Learner learner = Learner.of(network, photos.rows(), objective, LearnerOptions.DEFAULT)) {
      double rate = learner.findRate().suggestion().orElse(1e-2);
      FitResult fit = learner.fitOneCycle(5, rate);
      Report.write(report, photos.report("own network", learner, fit));
      OnnxExporter.export(block, photos.describe("own network", learner, fit), onnx);
    }
  }
}
