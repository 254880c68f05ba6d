package lapidary.search.http.models;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.math.BigInteger;
import lapidary.models.InvalidInputException;

/** The values of a JSON array one after the other, whatever arrays they stand in within it. Not thread-safe. */
final class FlatArray {
  private static final BigInteger UINT64 = BigInteger.ONE.shiftLeft(Long.SIZE);

  private final JsonParser parser;
  private final String input;
  private int depth = 1;
  private int index = -1;
  private JsonToken token = JsonToken.START_ARRAY;

  /**
   * Begins reading.
   *
   * @param parser stands at the array's first bracket
   * @param input the name, for errors
   */
  FlatArray(JsonParser parser, String input) {
    this.parser = parser;
    this.input = input;
    if (parser.currentToken() != JsonToken.START_ARRAY) {
      throw new InvalidInputException(
          "data of input \"" + input + "\" is not an array; send one, flat or nested");
    }
  }

  /** Goes to the next value; false if there is not one, and the parser stands at the array's last bracket. */
  boolean next() throws IOException {
    while (true) {
      token = parser.nextToken();
      switch (token) {
        case START_ARRAY -> depth++;
        case END_ARRAY -> {
          depth--;
          if (depth == 0) {
            return false;
          }
        }
        default -> {
          index++;
          return true;
        }
      }
    }
  }

  float real32() throws IOException {
    float value = requireNumber().getFloatValue();
    if (!Float.isFinite(value)) {
      requireSaid(value);
    }
    return value;
  }

  double real64() throws IOException {
    double value = requireNumber().getDoubleValue();
    if (!Double.isFinite(value)) {
      requireSaid(value);
    }
    return value;
  }

  /** A whole number within a range. */
  long whole(long least, long most) throws IOException {
    if (token != JsonToken.VALUE_NUMBER_INT) {
      throw unfit("a whole number");
    }
    boolean large = parser.getNumberType() == JsonParser.NumberType.BIG_INTEGER;
    if (large || parser.getLongValue() < least || parser.getLongValue() > most) {
      throw unfit("a whole number from " + least + " to " + most);
    }
    return parser.getLongValue();
  }

  /** A whole number from 0 to 2^64-1, bit for bit. */
  long unsigned64() throws IOException {
    if (token != JsonToken.VALUE_NUMBER_INT) {
      throw unfit("a whole number");
    }
    BigInteger value = parser.getBigIntegerValue();
    if (value.signum() < 0 || value.compareTo(UINT64) >= 0) {
      throw unfit("a whole number from 0 to 2^64-1");
    }
    return value.longValue();
  }

  boolean truth() throws IOException {
    if (token != JsonToken.VALUE_TRUE && token != JsonToken.VALUE_FALSE) {
      throw unfit("true or false");
    }
    return token == JsonToken.VALUE_TRUE;
  }

  String text() throws IOException {
    if (token != JsonToken.VALUE_STRING) {
      throw unfit("text");
    }
    return parser.getText();
  }

  private JsonParser requireNumber() throws IOException {
    if (token != JsonToken.VALUE_NUMBER_FLOAT && token != JsonToken.VALUE_NUMBER_INT) {
      throw unfit("a number");
    }
    return parser;
  }

  /** What is infinite is to be written so, and not as a number that is too large. */
  private void requireSaid(double value) throws IOException {
    if (Double.isInfinite(value) && !parser.getText().contains("I")) {
      throw unfit("a number within the range of the datatype");
    }
  }

  private InvalidInputException unfit(String wanted) throws IOException {
    String text = String.valueOf(parser.getText());
    String shown = text.length() <= 40 ? text : text.substring(0, 40) + "…";
    return new InvalidInputException(
        "data of input \"" + input + "\": value " + index + " is " + shown + "; send " + wanted);
  }
}
