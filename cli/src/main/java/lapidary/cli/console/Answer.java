package lapidary.cli.console;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import java.io.PrintWriter;
import java.util.function.Consumer;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** How a command answers: one JSON document for machines, or text for people. */
public final class Answer {
  private static final ObjectMapper JSON = JsonMapper.builder()
      .addModule(new Jdk8Module())
      // As the service answers, and as metrics are named in reports.
      .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
      .enable(SerializationFeature.INDENT_OUTPUT)
      .build();

  @Mixin
  @SuppressWarnings("UnusedVariable") // picocli reads it
  private final CommonHelp help = new CommonHelp();

  @Option(names = "--json", description = "Answer with one JSON document on standard output.")
  private boolean json;

  @Option(names = "--stacktrace", description = "Show where an error came from.")
  private boolean stacktrace;

  boolean stacktrace() {
    return stacktrace;
  }

  /** Whether progress may be drawn for a person. */
  public boolean forPeople() {
    return !json;
  }

  /** A text as JSON writes it. */
  public static String quoted(String text) {
    return write(text);
  }

  /** Writes {@code document} as JSON, or lets {@code text} write for people, and sees that it is taken; gives the exit code of success. */
  public int give(Console console, Object document, Consumer<PrintWriter> text) {
    if (json) {
      console.out().println(write(document));
    } else {
      text.accept(console.out());
    }
    console.output().requireWritten();
    return ExitCode.DONE;
  }

  private static String write(Object document) {
    try {
      return JSON.writeValueAsString(document);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("an answer of this program can always be written", e);
    }
  }
}
