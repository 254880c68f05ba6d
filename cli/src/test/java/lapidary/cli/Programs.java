package lapidary.cli;

import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Runs the programs that documents show, and finds what is shown in them. */
final class Programs {
  private static final Pattern JAVA = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);
  private static final int DEEPEST = 12;

  private Programs() {}

  /** The blocks of Java in a document. */
  static List<String> blocks(String markdown) {
    return JAVA.matcher(markdown).results().map(found -> found.group(1)).toList();
  }

  /** A program's main. */
  interface Program {
    void run(String... arguments) throws Exception;
  }

  /** Whether a program has a block's lines, however deep they stand. */
  static boolean shows(String program, String block) {
    return IntStream.rangeClosed(0, DEEPEST)
        .anyMatch(depth -> program.contains(indented(block, depth)));
  }

  static String indented(String block, int depth) {
    return block
        .lines()
        .map(line -> line.isEmpty() ? "\n" : " ".repeat(depth) + line + "\n")
        .reduce("", String::concat);
  }

  static String printed(Program program, Object... arguments) throws Exception {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    with(InputStream.nullInputStream(), out, () -> {
      run(program, arguments);
      return out;
    });
    return out.toString(StandardCharsets.UTF_8);
  }

  static void run(Program program, Object... arguments) {
    try {
      program.run(Stream.of(arguments).map(Object::toString).toArray(String[]::new));
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  /** Does something with other streams in place of the process's own. */
  static void with(InputStream in, ByteArrayOutputStream out, Callable<?> work) throws Exception {
    InputStream ownIn = System.in;
    PrintStream ownOut = System.out;
    System.setIn(in);
    System.setOut(new PrintStream(out, true, StandardCharsets.UTF_8));
    try {
      work.call();
    } finally {
      System.setIn(ownIn);
      System.setOut(ownOut);
    }
  }
}
