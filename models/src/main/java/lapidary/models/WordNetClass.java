package lapidary.models;

import static java.util.Map.entry;

import java.util.Map;

/**
 * Classes of photos that data sets call by a number of WordNet 3.0, in words: those of Imagenette and Imagewoof, ten each. What files
 * and digests say stays as it was; words are for people. Stateless.
 */
public final class WordNetClass {
  private static final Map<String, String> WORDS = Map.ofEntries(
      entry("n01440764", "tench"),
      entry("n02102040", "English springer"),
      entry("n02979186", "cassette player"),
      entry("n03000684", "chain saw"),
      entry("n03028079", "church"),
      entry("n03394916", "French horn"),
      entry("n03417042", "garbage truck"),
      entry("n03425413", "gas pump"),
      entry("n03445777", "golf ball"),
      entry("n03888257", "parachute"),
      entry("n02086240", "Shih-Tzu"),
      entry("n02087394", "Rhodesian ridgeback"),
      entry("n02088364", "beagle"),
      entry("n02089973", "English foxhound"),
      entry("n02093754", "Border terrier"),
      entry("n02096294", "Australian terrier"),
      entry("n02099601", "golden retriever"),
      entry("n02105641", "Old English sheepdog"),
      entry("n02111889", "Samoyed"),
      entry("n02115641", "dingo"));

  private WordNetClass() {}

  /** The words of a class, such as {@code tench} for {@code n01440764}; any other text stays as it is. */
  public static String inWords(String label) {
    return WORDS.getOrDefault(label, label);
  }
}
