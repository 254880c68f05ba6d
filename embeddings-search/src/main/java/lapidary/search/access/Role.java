package lapidary.search.access;

/** What somebody may do; each may do what those before it may. */
public enum Role {
  /** Ask: search, predict, look at what is there. */
  READ("ask"),
  /** Change content: put and delete items. */
  WRITE("change items"),
  /** Change what is served. */
  ADMIN("change what is served");

  private final String described;

  Role(String described) {
    this.described = described;
  }

  /** What such a token may do, in words that follow "may". */
  public String described() {
    return described;
  }

  /** Whether this role may do what {@code wanted} may. */
  public boolean covers(Role wanted) {
    return compareTo(wanted) >= 0;
  }
}
