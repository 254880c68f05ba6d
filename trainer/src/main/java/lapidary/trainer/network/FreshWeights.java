package lapidary.trainer.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;
import java.util.SplittableRandom;
import lapidary.trainer.block.Weights;

/** The weights a network starts from. Stateless. */
public enum FreshWeights {
  /** PyTorch's default for linear layers: U(±1/√inputs) for weights and biases. */
  LINEAR {
    @Override
    public void fill(Network network, SplittableRandom random) {
      double bound = 1;
      for (Parameter parameter : network.parameters().values()) {
        NDArray array = parameter.getArray();
        // A layer's weight [outputs, inputs] comes before its bias [outputs], and both have its
        // bound.
        if (array.getShape().dimension() == 2) {
          bound = 1 / Math.sqrt((double) array.size(1));
        }
        uniform(array, bound, random);
      }
    }
  },
  /**
   * For networks of convolutions and ReLU (He et al. 2015, arXiv:1502.01852), as torchvision has it: N(0, 2/fan out) for convolutions, N(0, 2/fan
   * in) for linear layers, biases 0; normalisation layers keep the values of their own initialisers.
   */
  KAIMING_NORMAL {
    @Override
    public void fill(Network network, SplittableRandom random) {
      for (Parameter parameter : network.parameters().values()) {
        Shape shape = parameter.getArray().getShape();
        if (shape.dimension() == 4) {
          normal(parameter.getArray(), shape.get(0) * shape.get(2) * shape.get(3), random);
        } else if (shape.dimension() == 2) {
          normal(parameter.getArray(), shape.get(1), random);
        }
      }
    }
  },
  /** N(0, .01) truncated at two deviations, for embeddings. */
  TRUNCATED_NORMAL {
    @Override
    public void fill(Network network, SplittableRandom random) {
      network.parameters().values().forEach(parameter -> truncated(parameter.getArray(), random));
    }
  },

  /** Embeddings as {@link #TRUNCATED_NORMAL}, linear layers as {@link #LINEAR}; batch norm stays 1 and 0, as it was made. */
  TABULAR {
    @Override
    public void fill(Network network, SplittableRandom random) {
      double[] bound = {1};
      network.parameters().forEach((name, parameter) -> {
        NDArray array = parameter.getArray();
        if (name.startsWith("embeds.")) {
          truncated(array, random);
        } else if (isLinear(parameter)) {
          bound[0] =
              array.getShape().dimension() == 2 ? 1 / Math.sqrt((double) array.size(1)) : bound[0];
          uniform(array, bound[0], random);
        }
      });
    }

    private boolean isLinear(Parameter parameter) {
      return parameter.getType() == Parameter.Type.WEIGHT
          || parameter.getType() == Parameter.Type.BIAS;
    }
  };

  private static final double DEVIATION = 0.01;
  private static final double CUT = 2;

  /** Overwrites the parameters with drawn values. */
  public abstract void fill(Network network, SplittableRandom random);

  private static void uniform(NDArray array, double bound, SplittableRandom random) {
    float[] values = new float[Math.toIntExact(array.size())];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) ((2 * random.nextDouble() - 1) * bound);
    }
    Weights.overwrite(array, values);
  }

  private static void normal(NDArray array, long fan, SplittableRandom random) {
    double deviation = Math.sqrt(2.0 / fan);
    float[] values = new float[Math.toIntExact(array.size())];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) (random.nextGaussian() * deviation);
    }
    Weights.overwrite(array, values);
  }

  private static void truncated(NDArray array, SplittableRandom random) {
    float[] values = new float[Math.toIntExact(array.size())];
    for (int i = 0; i < values.length; i++) {
      double drawn = random.nextGaussian();
      while (Math.abs(drawn) > CUT) {
        drawn = random.nextGaussian();
      }
      values[i] = (float) (drawn * DEVIATION);
    }
    Weights.overwrite(array, values);
  }
}
