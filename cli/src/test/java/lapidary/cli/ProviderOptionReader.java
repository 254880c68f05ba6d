package lapidary.cli;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.providers.OrtCUDAProviderOptions;

/** Gives ONNX Runtime's CUDA provider one option after another, NAME=VALUE, and prints what it says of each in a line. */
final class ProviderOptionReader {
  private static final long STACK = 8L << 20;

  private ProviderOptionReader() {}

  public static void main(String[] options) throws InterruptedException {
    // ONNX Runtime 1.29 overflows the usual stack.
    Thread reader = new Thread(null, () -> read(options), "reader", STACK);
    reader.start();
    reader.join();
  }

  private static void read(String[] options) {
    OrtEnvironment.getEnvironment();
    for (String option : options) {
      System.out.println(option + " " + said(option).replaceAll("\\s+", " "));
    }
  }

  private static String said(String option) {
    String[] named = option.split("=", 2);
    try (OrtCUDAProviderOptions provider = new OrtCUDAProviderOptions(0);
        OrtSession.SessionOptions session = new OrtSession.SessionOptions()) {
      provider.add(named[0], named[1]);
      session.addCUDA(provider);
      return "taken";
    } catch (OrtException e) {
      return String.valueOf(e.getMessage());
    }
  }
}
