package lapidary.exporter.trace;

import ai.djl.nn.Block;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What the call stack says of the operation that is being traced.
 *
 * @param line the innermost line of code that is neither DJL's nor the tracer's
 * @param blocks the classes whose forward pass is running inside the innermost recording proxy, outermost first
 */
record CallStack(String line, List<Class<?>> blocks) {
  private static final String TRACER = CallStack.class.getPackageName() + ".";
  private static final String NO_LINE = "in DJL's own code";
  private static final StackWalker WALKER =
      StackWalker.getInstance(StackWalker.Option.RETAIN_CLASS_REFERENCE);

  CallStack {
    blocks = List.copyOf(blocks);
  }

  static CallStack now() {
    Reading reading = new Reading();
    WALKER.walk(frames -> frames.allMatch(reading::accept));
    return new CallStack(reading.line, reading.blocks);
  }

  /** The innermost line of the caller's code in the trace of an exception that a forward pass threw. */
  static String lineOf(Throwable thrown) {
    boolean tracing = false;
    for (StackTraceElement frame : thrown.getStackTrace()) {
      String name = frame.getClassName();
      if (name.equals(ForwardPass.class.getName())) {
        return NO_LINE;
      }
      if (name.contains("$Proxy")) {
        tracing = false;
      } else if (isTracer(name)) {
        tracing = true;
      } else if (!tracing && !isLibrary(name)) {
        return numbered(frame, thrown).toString();
      }
    }
    return NO_LINE;
  }

  /** Compiled code that overflows the stack when it is entered tells no line; its caller in the same class does. */
  private static StackTraceElement numbered(StackTraceElement frame, Throwable thrown) {
    return frame.getLineNumber() > 0
        ? frame
        : Arrays.stream(thrown.getStackTrace())
            .filter(other -> other.getLineNumber() > 0)
            .filter(other -> other.getClassName().equals(frame.getClassName()))
            .findFirst()
            .orElse(frame);
  }

  /** Whether it is a class of the tracer or one of its operators. */
  private static boolean isTracer(String name) {
    return name.startsWith(TRACER);
  }

  private static boolean isLibrary(String name) {
    return name.startsWith("ai.djl.")
        || name.startsWith("java.")
        || name.startsWith("jdk.")
        || name.startsWith("sun.");
  }

  /** Reads frames from the innermost on until the forward pass began. */
  private static final class Reading {
    private final List<Class<?>> blocks = new ArrayList<>();
    private String line = NO_LINE;
    private boolean found;
    private boolean tracing = true;
    private boolean recorded;

    boolean accept(StackWalker.StackFrame frame) {
      Class<?> type = frame.getDeclaringClass();
      if (type == ForwardPass.class) {
        return false;
      }
      if (isTracer(type.getName())) {
        tracing = true;
        recorded |= type == PathProxies.Recorder.class;
      } else if (Proxy.isProxyClass(type)) {
        tracing = false;
      } else {
        noteBlock(frame, type);
        noteLine(frame, type);
      }
      return true;
    }

    private void noteBlock(StackWalker.StackFrame frame, Class<?> type) {
      if (!recorded
          && frame.getMethodName().equals("forwardInternal")
          && Block.class.isAssignableFrom(type)) {
        blocks.add(0, type);
      }
    }

    private void noteLine(StackWalker.StackFrame frame, Class<?> type) {
      if (!found && !tracing && !isLibrary(type.getName())) {
        line = frame.toStackTraceElement().toString();
        found = true;
      }
    }
  }
}
