package lapidary.exporter.strangers;

import static lapidary.exporter.Fixtures.floats;
import static lapidary.exporter.Fixtures.ids;

import java.util.List;
import lapidary.exporter.strangers.Stranger.Sizes;

/** Ten networks of papers. */
public final class Strangers {
  private Strangers() {}

  public static List<Stranger> all() {
    return List.of(
        new Stranger(
            "vision transformer with a class token",
            () -> new VisionTransformer(2, 10),
            1,
            List.of(floats("x", 3, 32, 32)),
            Sizes.NONE),
        new Stranger(
            "U-Net of any height and width",
            UNet::new,
            1,
            List.of(floats("x", 3, 32, 32)),
            new Sizes(2, 3, 48, 20)),
        new Stranger(
            "squeeze-and-excitation ResNet",
            SqueezeResNet::new,
            1,
            List.of(floats("x", 3, 32, 32)),
            new Sizes(2, 3, 40, 57)),
        new Stranger(
            "MobileNet",
            MobileNet::new,
            1,
            List.of(floats("x", 3, 32, 32)),
            new Sizes(2, 3, 64, 45)),
        new Stranger(
            "DenseNet", DenseNet::new, 1, List.of(floats("x", 3, 32, 32)), new Sizes(2, 3, 24, 50)),
        new Stranger(
            "tagger of any length",
            Tagger::new,
            1,
            List.of(ids("words", 6)),
            new Sizes(1, 1, 1, 17)),
        new Stranger(
            "classifier of any length",
            Classifier::new,
            1,
            List.of(floats("x", 6, 5)),
            new Sizes(1, 1, 2, 13)),
        new Stranger(
            "encoder with a mask",
            MaskedEncoder::new,
            2,
            List.of(floats("x", 6, 16), ids("mask", 6)),
            new Sizes(1, 1, 3, 11)),
        new Stranger(
            "two towers",
            TwoTowers::new,
            3,
            List.of(ids("history", 6), floats("numbers", 3), ids("item")),
            new Sizes(1, 1, 2, 9)),
        new Stranger("mixture of experts", Experts::new, 2, List.of(floats("x", 10)), Sizes.NONE));
  }
}
