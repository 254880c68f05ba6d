package lapidary.cli.search;

import lapidary.runtime.device.Device;

/**
 * Where many images are embedded. On a CPU its threads take a batch each, which leaves none of them idle; the threads of one run would
 * wait for each other, and for the decoder.
 *
 * @param device what a model is opened on
 * @param workers how many batches are in work at a time
 */
record BulkDevice(Device device, int workers) {
  /** @param asked the device that the user names, with as many threads as may be used */
  static BulkDevice of(Device asked) {
    return asked instanceof Device.Cpu cpu
        ? new BulkDevice(Device.cpu(1), cpu.threads())
        : new BulkDevice(asked, Runtime.getRuntime().availableProcessors());
  }
}
