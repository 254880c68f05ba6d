package lapidary.trainer;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.training.GradientCollector;
import java.util.List;
import lapidary.trainer.block.Constant;
import lapidary.trainer.loss.Loss;

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

  /** Runs forward and backward on all shards, so that the network's gradients are those of the whole batch's mean loss. */
  void backward(Batch batch, Loss loss, GradientCollector collector, RunningLoss running) {
    int rows = Math.toIntExact(batch.targets().size(0));
    int shards = replicas.size() + 1;
    for (int shard = 0; shard < shards; shard++) {
      int from = rows * shard / shards;
      int to = rows * (shard + 1) / shards;
      if (to > from) {
        NDArray mean = shardLoss(shard, slice(batch, from, to), loss);
        NDArray part = Constant.beside(mean, (double) (to - from) / rows);
        collector.backward(mean.mul(part));
        running.add(mean, to - from);
      }
    }
    replicas.forEach(Replica::giveGradients);
  }

  /** Copies the updated weights to all devices. */
  void spreadWeights() {
    replicas.forEach(Replica::takeWeights);
  }

  private NDArray shardLoss(int shard, Batch batch, Loss loss) {
    if (shard == 0) {
      NDArray outputs = network.forward(batch.inputs(), true).head();
      return loss.mean(outputs, batch.targets());
    }
    Replica replica = replicas.get(shard - 1);
    NDList inputs = new NDList();
    batch.inputs().forEach(input -> inputs.add(input.toDevice(replica.device(), false)));
    NDArray outputs = replica.forward(inputs).head();
    return loss.mean(outputs, batch.targets().toDevice(replica.device(), false));
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
