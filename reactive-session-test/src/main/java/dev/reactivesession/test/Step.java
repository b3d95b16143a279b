package dev.reactivesession.test;

/** What can happen next in a scenario; its text is its line in a report. */
interface Step {

    void take();
}
