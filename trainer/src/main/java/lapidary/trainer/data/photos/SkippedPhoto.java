package lapidary.trainer.data.photos;

/**
 * A photo that could not be read or decoded.
 *
 * @param row its row in the {@link PhotoSet}
 * @param reason a sentence that names the file
 */
public record SkippedPhoto(long row, String reason) {}
