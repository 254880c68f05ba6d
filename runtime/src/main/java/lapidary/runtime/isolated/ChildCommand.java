package lapidary.runtime.isolated;

import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The command line of a child: this Java, this class path or module path, the limits, and a folder for its temporary files.
 *
 * @param main to run
 * @param limits of time and memory
 * @param folder for whatever it leaves
 */
record ChildCommand(Class<?> main, Limits limits, Path folder) {
  static final String CRASH_LOG = "crash.log";

  private static final String OWN = "onnxruntime.";

  List<String> with(List<String> arguments) {
    List<String> command = new ArrayList<>(shell());
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of(
        "-Xmx" + limits.heapMib() + "m",
        // A small Java leaves the address space to what it tries.
        "-XX:+UseSerialGC",
        "-XX:TieredStopAtLevel=1",
        "-XX:CompressedClassSpaceSize=64m",
        "-XX:ReservedCodeCacheSize=64m",
        "-XX:-CreateCoredumpOnCrash",
        "-XX:ErrorFile=" + folder.resolve(CRASH_LOG),
        "-Djava.io.tmpdir=" + folder));
    System.getProperties().stringPropertyNames().stream()
        .filter(name -> name.startsWith(OWN))
        .sorted()
        .forEach(name -> command.add("-D" + name + "=" + System.getProperty(name)));
    command.addAll(program());
    command.addAll(arguments);
    return command;
  }

  /** A shell that limits the address space, lets the kernel take the child first when memory is short, and becomes Java. */
  private List<String> shell() {
    if (File.separatorChar != '/') {
      return List.of();
    }
    String limited = limits.addressSpace().isEmpty()
        ? ""
        : "ulimit -v " + (limits.addressSpace().getAsLong() >> 10) + " 2>/dev/null; ";
    return List.of(
        "/bin/sh",
        "-c",
        "ulimit -c 0; { echo 1000 > /proc/self/oom_score_adj; } 2>/dev/null; " + limited
            + "exec \"$@\"",
        "sh");
  }

  private List<String> program() {
    Module module = main.getModule();
    List<String> program = new ArrayList<>();
    String classes = System.getProperty("java.class.path", "");
    if (!classes.isEmpty()) {
      program.addAll(List.of("-cp", classes));
    }
    String modules = System.getProperty("jdk.module.path", "");
    if (!modules.isEmpty()) {
      program.addAll(List.of("-p", modules));
    }
    if (module.isNamed()) {
      program.addAll(List.of("-m", module.getName() + "/" + main.getName()));
    } else {
      program.add(main.getName());
    }
    return program;
  }
}
