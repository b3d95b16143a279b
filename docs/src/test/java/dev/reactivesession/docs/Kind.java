package dev.reactivesession.docs;

import java.util.Locale;

/** What can be in a block. Each kind has a test that takes every block of it; there is no other. */
enum Kind {

    /** Compiled: {@link JavaBlocksTest}. */
    JAVA,

    /** A dependency that there is: {@link XmlBlocksTest}. */
    XML,

    /**
     * A dependency, the same as in the block of XML: the tests of the starters compare them, and build and start
     * both.
     */
    GROOVY,

    /** Settings that there are: {@link SettingsTest}. */
    YAML,

    /** Settings that there are: {@link SettingsTest}. */
    PROPERTIES,

    /** Run on a real PostgreSQL: {@link SqlBlocksTest}. */
    SQL,

    /** Commands that there are: {@link ShellBlocksTest}. */
    SHELL,

    /** What the application of the README answers: {@link TranscriptTest}. */
    CONSOLE,

    /** Nothing that a program could read, each for a reason that is given: {@link TextBlocksTest}. */
    TEXT;

    static Kind named(String language) {
        return valueOf(language.toUpperCase(Locale.ROOT));
    }
}
