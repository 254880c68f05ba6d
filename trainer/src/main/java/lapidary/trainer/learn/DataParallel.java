package lapidary.trainer.learn;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.training.GradientCollector;
import java.util.List;
import java.util.stream.IntStream;
import lapidary.trainer.block.Constant;
import lapidary.trainer.examples.Batch;
import lapidary.trainer.loss.Loss;
import lapidary.trainer.network.Network;

/**
 * Data parallelism: each device runs its shard of the batch, the gradients are summed on the network's own device, updated there,
 * and the weights copied back. One thread issues the work of all devices, because DJL collects gradients for one thread only; CUDA
 * devices work at the same time nevertheless, as their calls return before they are done. Batch norm sees a shard at a time and
 * keeps the statistics of the first, as PyTorch's {@code DataParallel} does.
 *
 * <p>Tested with two sets of parameters on one CPU. It has not been run on CUDA hardware.
 */
final class DataParallel implements AutoCloseable {
  private final Network network;
  private final List<Replica> replicas;

  DataParallel(Network network, List<Device> devices) {
    this.network = network;
    this.replicas = devices.stream().map(device -> new Replica(network, device)).toList();
  }

  /** Whether there is more than one device. */
  boolean isParallel() {
    return !replicas.isEmpty();
  }

  /** One device's part of a batch: the network's first output and the targets, both there. */
  record Share(NDArray outputs, NDArray targets) {
    int rows() {
      return Math.toIntExact(targets.size(0));
    }
  }

  /**
   * Runs the network on all parts of a batch.
   *
   * @param shares parts of about the same size, each of at least one row, on as many devices
   */
  List<Share> forward(Batch batch, int shares) {
    int rows = batch.rows();
    return IntStream.range(0, shares)
        .mapToObj(i -> share(slice(batch, rows * i / shares, rows * (i + 1) / shares), i))
        .toList();
  }

  /** Runs backward on all parts, so that the network's gradients are those of the whole batch's mean loss. */
  void backward(List<Share> shares, Loss loss, GradientCollector collector, RunningLoss running) {
    double rows = shares.stream().mapToInt(Share::rows).sum();
    for (Share share : shares) {
      NDArray mean = loss.mean(share.outputs(), share.targets());
      collector.backward(mean.mul(Constant.beside(mean, share.rows() / rows)));
      running.add(mean, share.rows());
    }
    replicas.subList(0, shares.size() - 1).forEach(Replica::giveGradients);
  }

  /** Forgets the gradients of a step that was not ended, those on the network's own device left alone. */
  void forgetGradients() {
    replicas.forEach(Replica::forgetGradients);
  }

  /** Copies the updated weights to all devices. */
  void spreadWeights() {
    replicas.forEach(Replica::takeWeights);
  }

  private Share share(Batch batch, int number) {
    if (number == 0) {
      return new Share(network.forward(batch.inputs(), true).head(), batch.targets());
    }
    Replica replica = replicas.get(number - 1);
    NDList inputs = new NDList();
    batch.inputs().forEach(input -> inputs.add(input.toDevice(replica.device(), false)));
    return new Share(
        replica.forward(inputs).head(), batch.targets().toDevice(replica.device(), false));
  }

  private static Batch slice(Batch batch, int from, int to) {
    NDIndex rows = new NDIndex(from + ":" + to);
    NDList inputs = new NDList();
    batch.inputs().forEach(input -> inputs.add(input.get(rows)));
    return new Batch(inputs, batch.targets().get(rows));
  }

  @Override
  public void close() {
    replicas.forEach(Replica::close);
  }
}
