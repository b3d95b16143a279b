package dev.reactivesession.engine;

/**
 * A place that two requests set to different values.
 *
 * @param attribute the name of the attribute
 * @param path the path inside its value, such as {@code /lines/2}; empty for the whole
 */
record ConflictPlace(String attribute, String path) {

    @Override
    public String toString() {
        return attribute + path;
    }
}
