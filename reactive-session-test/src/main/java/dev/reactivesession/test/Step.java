package dev.reactivesession.test;

/** A possible next event of a scenario; its text is its line in a report. */
interface Step {

    void take();
}
