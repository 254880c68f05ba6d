package lapidary.search.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import lapidary.models.InvalidInputException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class TokenFileTest {
  private static final String READER = "reader-token-0123456789";
  private static final String OTHER = "other-token-9876543210ab";

  @TempDir
  Path folder;

  @Test
  void aLineIsRoleNameAndToken() throws IOException {
    TokenFile tokens = new TokenFile(
        written("# tokens\n\nread  dashboard\t" + READER + "\nADMIN ops " + OTHER + "\n"));

    assertThat(tokens.holder(READER)).hasValue(new Holder("dashboard", Role.READ));
    assertThat(tokens.holder(OTHER)).hasValue(new Holder("ops", Role.ADMIN));
    assertThat(tokens.holder(READER + "x")).isEmpty();
    assertThat(tokens.holder("")).isEmpty();
  }

  @Test
  void tokensComeAndGoWithTheFile() throws IOException {
    TokenFile tokens = new TokenFile(written("read a " + READER));
    written("write a " + OTHER + "\n");
    tokens.look();

    assertThat(tokens.holder(READER)).isEmpty();
    assertThat(tokens.holder(OTHER)).hasValue(new Holder("a", Role.WRITE));

    written("");
    tokens.look();

    assertThat(tokens.holder(OTHER)).isEmpty();
  }

  @Test
  void ofAFileThatIsFaultyOrGoneTheTokensBeforeStay() throws IOException {
    Path file = written("read a " + READER);
    TokenFile tokens = new TokenFile(file);
    written("read a");
    tokens.look();
    tokens.look();

    assertThat(tokens.holder(READER)).isPresent();

    Files.delete(file);
    tokens.look();

    assertThat(tokens.holder(READER)).isPresent();

    written("read b " + OTHER);
    tokens.look();

    assertThat(tokens.holder(READER)).isEmpty();
    assertThat(tokens.holder(OTHER)).isPresent();
  }

  @Test
  void aFaultyLineIsToldByItsNumberAndNotByItsToken() throws IOException {
    refused("read a " + READER + "\n" + OTHER + " b read", "line 2", "does not begin with a role");
    refused("read " + READER, "line 1", "2 parts");
    refused("read a short-one", "line 1", "at least 16");
    refused("read a " + READER + "\nread a " + OTHER, "line 2", "name that is there already");
    refused("read a " + READER.replace('0', 'é'), "line 1", "odd characters");
    assertThatThrownBy(() -> new TokenFile(folder.resolve("none")))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("none");
  }

  private void refused(String text, String... words) throws IOException {
    Path file = written(text);
    assertThatThrownBy(() -> new TokenFile(file))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContainingAll(words)
        .hasMessageNotContainingAny(READER, OTHER, "short-one");
  }

  @Test
  void nothingPrintsAToken() {
    assertThat(Tokens.single(OTHER).toString()).contains("Row").doesNotContain(OTHER);
  }

  private Path written(String text) throws IOException {
    Path next = Files.writeString(folder.resolve("next"), text);
    return Files.move(next, folder.resolve("tokens"), StandardCopyOption.REPLACE_EXISTING);
  }
}
