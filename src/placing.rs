//! Where bars of both kinds stand: settings of new bars, and changes of existing ones.

use crate::counter::Counter;
use crate::counter_builder::CounterBuilder;
use crate::handle::sealed::Bar as _;
use crate::handle::{Bar, Beside};
use crate::status_bar::{StatusBar, StatusBarBuilder};

/// Implements the settings of new bars.
macro_rules! settings {
    ($builder:ident) => {
        impl $builder {
            /// Makes the bar the child of another one: it stands below it, after its other children, and
            /// two columns further to the right. Children of two bars do not mix. Default: no parent.
            ///
            /// A child is a handle of its parent: the parent is not closed before its children are, unless
            /// by a call. A parent on another output is none.
            ///
            /// ```
            /// # let manager = footlights::Manager::new();
            /// let build = manager.counter().total(3).desc("Build").add();
            /// let tests = manager.counter().total(9).desc("Tests").add();
            /// // Between the two.
            /// let part = manager.counter().total(5).desc("serde").parent(&build).add();
            /// let step = manager.status_bar().text("linking").parent(&part).add();
            /// assert_eq!(step.render(20), "    linking         ");
            /// ```
            pub fn parent(mut self, parent: &impl Bar) -> Self {
                self.placement().nest(parent.handle().clone());
                self
            }

            /// Places the bar right below another one and its children. Default: below all others with the
            /// same parent.
            ///
            /// If the other bar has another [parent](Self::parent), the one that counts is that of its
            /// parents which stands beside this bar. If there is none, or if it is on another output, the
            /// bar has its default place.
            ///
            /// ```
            /// # let manager = footlights::Manager::new();
            /// let build = manager.counter().total(3).desc("Build").add();
            /// let tests = manager.counter().total(9).desc("Tests").add();
            /// // Between the two.
            /// let part = manager.counter().total(5).desc("Docs").below(&build).add();
            /// ```
            pub fn below(mut self, other: &impl Bar) -> Self {
                self.placement().beside(Beside::below(other));
                self
            }

            /// Places the bar right above another one: see [`below`](Self::below).
            ///
            /// ```
            /// # let manager = footlights::Manager::new();
            /// let build = manager.counter().total(3).desc("Build").add();
            /// let fetch = manager.counter().total(9).desc("Fetch").above(&build).add();
            /// ```
            pub fn above(mut self, other: &impl Bar) -> Self {
                self.placement().beside(Beside::above(other));
                self
            }

            /// Places the bar above all others with the same parent.
            ///
            /// ```
            /// # let manager = footlights::Manager::new();
            /// let build = manager.counter().total(3).desc("Build").add();
            /// let title = manager.status_bar().text("All").at_top().add();
            /// ```
            pub fn at_top(mut self) -> Self {
                self.placement().beside(Beside::First);
                self
            }

            /// Sets which bars are shown when there are more than rows: those of higher priority. Default:
            /// 0. Of the same priority, bars that are not closed come first, then parents before their
            /// children, then older bars before newer ones. Pinned bars have their rows in any case.
            ///
            /// ```
            /// # let manager = footlights::Manager::new();
            /// let all = manager.counter().total(9).desc("All").priority(1).add(); // shown in the lowest window
            /// let part = manager.counter().total(9).desc("Part").add();
            /// ```
            pub fn priority(mut self, priority: i16) -> Self {
                self.placement().priority(priority);
                self
            }

            /// Sets whether the bar is shown. One that is not shown counts all the same, until it is told to
            /// [show](crate::Counter::show). Default: yes.
            ///
            /// ```
            /// # let manager = footlights::Manager::new();
            /// let is_quiet = std::env::args().any(|arg| arg == "--quiet");
            /// let pages = manager.counter().desc("Pages").visible(!is_quiet).add();
            /// let retries = manager.counter().desc("Retries").visible(false).add();
            /// retries.inc(1);
            /// retries.show(); // now there is something to see
            /// ```
            #[doc(alias = "hidden")]
            pub fn visible(mut self, visible: bool) -> Self {
                self.placement().visible(visible);
                self
            }
        }
    };
}

/// Implements what is done with existing bars.
macro_rules! calls {
    ($handle:ident) => {
        impl $handle {
            /// Moves the bar, with its children, right below another one and its children, among the bars
            /// with the same parent: see [`below`](crate::CounterBuilder::below). A pinned bar stays in its
            /// row.
            ///
            /// ```
            /// # let manager = footlights::Manager::new();
            /// let [first, second] = ["first", "second"].map(|name| manager.counter().desc(name).add());
            /// first.move_below(&second);
            /// ```
            pub fn move_below(&self, other: &impl Bar) {
                self.handle().move_beside(&Beside::below(other));
            }

            /// Moves the bar right above another one: see [`move_below`](Self::move_below).
            ///
            /// ```
            /// # let manager = footlights::Manager::new();
            /// let [first, second] = ["first", "second"].map(|name| manager.counter().desc(name).add());
            /// second.move_above(&first); // from the top: second, first
            /// ```
            pub fn move_above(&self, other: &impl Bar) {
                self.handle().move_beside(&Beside::above(other));
            }

            /// Moves the bar, with its children, above all others with the same parent.
            ///
            /// ```
            /// # let manager = footlights::Manager::new();
            /// let [first, second] = ["first", "second"].map(|name| manager.counter().desc(name).add());
            /// second.move_to_top();
            /// ```
            pub fn move_to_top(&self) {
                self.handle().move_beside(&Beside::First);
            }

            /// Moves the bar, with its children, below all others with the same parent.
            ///
            /// ```
            /// # let manager = footlights::Manager::new();
            /// let [first, second] = ["first", "second"].map(|name| manager.counter().desc(name).add());
            /// first.move_to_bottom(); // from the top: second, first
            /// ```
            pub fn move_to_bottom(&self) {
                self.handle().move_beside(&Beside::Last);
            }

            /// Takes the bar from the screen until it is told to [show](Self::show). It still counts. Its
            /// children are not hidden.
            ///
            /// A hidden bar says no [plain](crate::Output::Plain) lines, and leaves none behind when the
            /// manager stops. Lines of [JSON](crate::Output::Json) tell of it all the same.
            ///
            /// ```
            /// # let manager = footlights::Manager::new();
            /// let bar = manager.counter().desc("Retries").add();
            /// bar.hide();
            /// assert!(bar.is_hidden());
            /// bar.show();
            /// ```
            pub fn hide(&self) {
                self.handle().hide();
            }

            /// Shows the bar again after [`hide`](Self::hide), where it was.
            ///
            /// ```
            /// # let manager = footlights::Manager::new();
            /// let errors = manager.status_bar().text("no errors").visible(false).add();
            /// errors.set_text("1 error");
            /// errors.show(); // there is something to see now
            /// assert!(!errors.is_hidden());
            /// ```
            pub fn show(&self) {
                self.handle().show();
            }

            /// Returns true while the bar is [hidden](Self::hide).
            ///
            /// ```
            /// # let manager = footlights::Manager::new();
            /// let details = manager.status_bar().text("12 tasks wait").visible(false).add();
            /// // A key that switches details on and off.
            /// if details.is_hidden() {
            ///     details.show();
            /// } else {
            ///     details.hide();
            /// }
            /// assert!(!details.is_hidden());
            /// ```
            pub fn is_hidden(&self) -> bool {
                self.handle().bar.is_hidden()
            }

            /// Returns the priority: see [`CounterBuilder::priority`](crate::CounterBuilder::priority).
            ///
            /// ```
            /// # let manager = footlights::Manager::new();
            /// let all = manager.counter().desc("All").priority(1).add();
            /// let part = manager.counter().desc("Part").add();
            /// assert_eq!((all.priority(), part.priority()), (1, 0));
            /// ```
            pub fn priority(&self) -> i16 {
                self.handle().bar.priority()
            }

            /// Sets which bars are shown when there are more than rows: see
            /// [`CounterBuilder::priority`](crate::CounterBuilder::priority).
            ///
            /// ```
            /// # let manager = footlights::Manager::new();
            /// let bar = manager.counter().desc("Slow one").add();
            /// bar.set_priority(1);
            /// assert_eq!(bar.priority(), 1);
            /// ```
            pub fn set_priority(&self, priority: i16) {
                self.handle().set_priority(priority);
            }

            /// Returns the number of bars that this one is inside of: 0 without a
            /// [parent](crate::CounterBuilder::parent).
            ///
            /// ```
            /// # let manager = footlights::Manager::new();
            /// let all = manager.counter().desc("All").add();
            /// let part = all.child().desc("Part").add();
            /// assert_eq!((all.depth(), part.depth()), (0, 1));
            /// ```
            pub fn depth(&self) -> u32 {
                self.handle().bar.depth()
            }
        }
    };
}

settings!(CounterBuilder);
settings!(StatusBarBuilder);
calls!(Counter);
calls!(StatusBar);
