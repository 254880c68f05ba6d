package lapidary.search.embed;

import java.util.Iterator;
import java.util.Map;
import lapidary.models.DataSource;

/** Pictures of which it is known how many they are and which, such as those of a data set. Used by one thread. */
public interface PictureSet {
  /**
   * Which data they are.
   *
   * @param filesSha256 digest of the digests of the files that were embedded, 64 hexadecimal digits, for those who know no other
   */
  DataSource source(String filesSha256);

  /** How many there are. */
  int count();

  /** The pictures from number {@code from} on, always in the same order. */
  Iterator<Picture> from(int from);

  /**
   * Tells these pictures from others, so that an embedding that was cut short goes on with the same ones only: words and values,
   * such as names, sizes and times of files or a digest of their bytes.
   */
  Map<String, String> identity();
}
