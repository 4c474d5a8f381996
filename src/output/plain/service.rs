//! What services that run builds do with lines of a log, where it makes the log better.
//!
//! Only lines that are written in one piece are folded: a group that stays open would fold the
//! program's own lines too. GitLab folds with carriage returns and escape sequences
//! (<https://docs.gitlab.com/ci/jobs/job_logs/#custom-collapsible-sections>), which plain lines do not
//! have; in Buildkite a group ends only where the next one begins
//! (<https://buildkite.com/docs/pipelines/configure/managing-log-output>). Both get lines as they are.

use std::fmt::Write as _;

/// A service that runs builds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Service {
    /// None, or one that has nothing to offer.
    #[default]
    Other,
    /// GitHub Actions folds `::group::` to `::endgroup::`.
    /// <https://docs.github.com/actions/reference/workflow-commands-for-github-actions#grouping-log-lines>
    GitHub,
    /// Azure Pipelines folds `##[group]` to `##[endgroup]`.
    /// <https://learn.microsoft.com/azure/devops/pipelines/scripts/logging-commands#formatting-commands>
    Azure,
    /// TeamCity folds blocks, and shows progress messages on the page of the build.
    /// <https://www.jetbrains.com/help/teamcity/service-messages.html>
    TeamCity,
}

/// What a line says of a bar.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Subject {
    /// How far the work has come.
    Progress,
    /// How it has ended.
    End,
}

/// This many lines are folded.
const FOLDED: usize = 4;

impl Service {
    /// The service that the environment is of.
    pub(crate) fn of(variable: &dyn Fn(&str) -> Option<String>) -> Service {
        match () {
            () if variable("GITHUB_ACTIONS").is_some() => Service::GitHub,
            () if variable("TF_BUILD").is_some() => Service::Azure,
            () if variable("TEAMCITY_VERSION").is_some() => Service::TeamCity,
            () => Service::Other,
        }
    }

    /// Appends a line to `out`.
    pub(super) fn write_line(self, out: &mut String, line: &str, subject: Subject) {
        match (self, subject) {
            (Service::TeamCity, Subject::Progress) => {
                out.push_str("##teamcity[progressMessage '");
                escape(out, line);
                out.push_str("']\n");
            }
            _ => {
                out.push_str(line);
                out.push('\n');
            }
        }
    }

    /// Returns what stands around `lines` lines that are written in one piece; nothing if they are
    /// not folded.
    pub(super) fn fold(self, lines: usize) -> Option<(String, &'static str)> {
        if lines < FOLDED {
            return None;
        }
        let title = format!("Progress of {lines} bars");
        let (begin, end) = match self {
            Service::Other => return None,
            Service::GitHub => (format!("::group::{title}\n"), "::endgroup::\n"),
            Service::Azure => (format!("##[group]{title}\n"), "##[endgroup]\n"),
            // Blocks are closed by their name.
            Service::TeamCity => {
                ("##teamcity[blockOpened name='Progress']\n".to_owned(), "##teamcity[blockClosed name='Progress']\n")
            }
        };
        Some((begin, end))
    }
}

/// Escapes a value of a TeamCity message.
fn escape(out: &mut String, text: &str) {
    for c in text.chars() {
        match c {
            '|' | '\'' | '[' | ']' => out.extend(['|', c]),
            c if c.is_ascii() => out.push(c),
            // Writing to a string cannot fail.
            c => c.encode_utf16(&mut [0; 2]).iter().for_each(|unit| {
                let _ = write!(out, "|0x{unit:04X}");
            }),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn services_are_known_by_their_variables() {
        for (name, service) in [
            ("GITHUB_ACTIONS", Service::GitHub),
            ("TF_BUILD", Service::Azure),
            ("TEAMCITY_VERSION", Service::TeamCity),
            ("GITLAB_CI", Service::Other),
            ("BUILDKITE", Service::Other),
        ] {
            assert_eq!(Service::of(&|other| (other == name).then(String::new)), service, "{name}");
        }
    }

    #[test]
    fn lines_of_teamcity() {
        let mut out = String::new();
        Service::TeamCity.write_line(&mut out, "it's [50%] of a|b → é", Subject::Progress);
        Service::TeamCity.write_line(&mut out, "it's over", Subject::End);
        assert_eq!(out, "##teamcity[progressMessage 'it|'s |[50%|] of a||b |0x2192 |0x00E9']\nit's over\n");
    }
}
