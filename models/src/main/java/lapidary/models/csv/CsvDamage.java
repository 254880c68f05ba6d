package lapidary.models.csv;

import java.io.EOFException;
import java.util.zip.ZipException;

/** What the libraries below mean when they cannot go on in a file, in words for whoever wrote the file. */
enum CsvDamage {
  OPEN_QUOTE(
      "a quote is opened and never closed",
      "close it, or double each quote that is part of a cell, as RFC 4180 says"),
  AFTER_QUOTE(
      "a closing quote is followed by more of the cell",
      "put quotes around whole cells and double those within, as RFC 4180 says"),
  CUT_OFF("the gzip file ends too early", "copy it again"),
  NOT_GZIP("the gzip file is damaged", "copy it again"),
  OTHER("the row cannot be read", "quote cells as RFC 4180 says");

  private final String what;
  private final String remedy;

  CsvDamage(String what, String remedy) {
    this.what = what;
    this.remedy = remedy;
  }

  /** The library has one exception type for all of its reasons, and tells them apart by words of its own alone. */
  static CsvDamage of(Throwable failure) {
    if (failure instanceof EOFException) {
      return CUT_OFF;
    }
    if (failure instanceof ZipException) {
      return NOT_GZIP;
    }
    String said = String.valueOf(failure.getMessage());
    if (said.contains("EOF reached")) {
      return OPEN_QUOTE;
    }
    return said.contains("between encapsulated token") ? AFTER_QUOTE : OTHER;
  }

  /** What and how to fix it. */
  String sentence() {
    return what + "; " + remedy;
  }
}
