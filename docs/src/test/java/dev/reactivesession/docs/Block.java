package dev.reactivesession.docs;

/**
 * A fenced block of a document.
 *
 * @param document The path from the root of the project.
 */
record Block(String document, int line, String language, String text) {

    boolean is(Kind kind) {
        return language.equalsIgnoreCase(kind.name());
    }

    @Override
    public String toString() {
        return document + ":" + line;
    }
}
