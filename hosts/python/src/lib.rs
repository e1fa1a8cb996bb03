//! The border to Python: in, what Python gives; out, texts of JSON, which `package/jalon/__init__.py` reads. No call
//! fails for what is wrong with a case, and no failure of the program passes as anything but an error.

mod events;

#[pyo3::pymodule]
mod _jalon {
    use crate::events;
    use crate::events::Decimals;
    use jalon_host::{self as host, Failure, Invoices, Options};
    use pyo3::create_exception;
    use pyo3::exceptions::PyException;
    use pyo3::prelude::*;
    use std::sync::{Arc, Mutex, PoisonError, TryLockError};

    #[pymodule_export]
    #[allow(non_upper_case_globals, reason = "it is Python's name")]
    const __version__: &str = host::VERSION;

    create_exception!(jalon, JalonError, PyException, "A call that cannot be answered.");
    create_exception!(jalon, Refused, JalonError, "Schedules that cannot be used.");

    #[pymodule_init]
    fn init(module: &Bound<'_, PyModule>) -> PyResult<()> {
        module.add("JalonError", module.py().get_type::<JalonError>())?;
        module.add("Refused", module.py().get_type::<Refused>())
    }

    fn error(failure: Failure) -> PyErr {
        JalonError::new_err(failure.message)
    }

    /// Sound schedules.
    #[pyclass(frozen)]
    struct Schedules(Arc<host::Schedules>);

    /// Compiles files, which are names with their bytes.
    #[pyfunction]
    #[pyo3(signature = (files, lang=None))]
    fn compile(
        py: Python<'_>,
        files: Vec<(String, Vec<u8>)>,
        lang: Option<&str>,
    ) -> PyResult<Schedules> {
        let lang = host::language(lang).map_err(error)?;
        let outcome = py.detach(|| {
            let files: Vec<(&str, &[u8])> =
                files.iter().map(|(name, text)| (name.as_str(), text.as_slice())).collect();
            host::guarded(|| host::Schedules::compile(&files, lang))
        });
        match outcome.map_err(error)? {
            Ok(schedules) => Ok(Schedules(Arc::new(schedules))),
            Err(refused) => Err(Refused::new_err((refused.message, refused.findings))),
        }
    }

    /// What is asked for.
    fn options(
        as_of: &str,
        (invoices, notices, skip_unreadable): (bool, bool, bool),
        threads: usize,
    ) -> PyResult<Options> {
        let options = Options::new(as_of).map_err(error)?;
        Ok(Options { invoices, notices, skip_unreadable, threads, ..options })
    }

    impl Schedules {
        /// A document about invoices.
        fn about(
            &self,
            py: Python<'_>,
            [invoices, events]: [&Bound<'_, PyAny>; 2],
            done: Option<&Bound<'_, PyAny>>,
            as_of: &str,
            work: impl FnOnce(&host::Schedules, &Invoices<'_>) -> Result<String, Failure> + Send,
        ) -> PyResult<String> {
            let as_of = host::day("the last day that counts", as_of).map_err(error)?;
            let invoices = events::as_lines(invoices, Decimals::Text)?;
            let events = events::as_lines(events, Decimals::Text)?;
            let done = done.map(|done| events::as_lines(done, Decimals::Text)).transpose()?;
            let outcome = py.detach(|| {
                let (invoices, events, done) = (&invoices, &events, done.as_deref());
                host::guarded(|| {
                    work(&self.0, &Invoices { invoices, events, done, as_of, stop: None })
                })
            });
            outcome.and_then(|document| document).map_err(error)
        }
    }

    #[pymethods]
    impl Schedules {
        /// The schedules as JSON.
        fn list(&self) -> String {
            self.0.list()
        }

        /// The warnings as JSON.
        fn warnings(&self) -> String {
            self.0.warnings()
        }

        /// The proof as JSON.
        fn verify(&self, py: Python<'_>) -> PyResult<String> {
            let outcome = py.detach(|| host::guarded(|| self.0.verify()));
            outcome.and_then(|document| document).map_err(error)
        }

        /// The steps of follow-ups as JSON.
        fn follow(
            &self,
            py: Python<'_>,
            invoices: &Bound<'_, PyAny>,
            events: &Bound<'_, PyAny>,
            as_of: &str,
            done: Option<&Bound<'_, PyAny>>,
            since: Option<&str>,
        ) -> PyResult<String> {
            let since = since.map(|since| host::day("`since`", since)).transpose();
            let since = since.map_err(error)?;
            self.about(py, [invoices, events], done, as_of, move |own, of| own.follow(of, since))
        }

        /// What is unpaid as JSON.
        fn unpaid(
            &self,
            py: Python<'_>,
            invoices: &Bound<'_, PyAny>,
            events: &Bound<'_, PyAny>,
            as_of: &str,
            done: Option<&Bound<'_, PyAny>>,
        ) -> PyResult<String> {
            self.about(py, [invoices, events], done, as_of, host::Schedules::unpaid)
        }

        /// The journal as JSON.
        fn journal(
            &self,
            py: Python<'_>,
            invoices: &Bound<'_, PyAny>,
            events: &Bound<'_, PyAny>,
            as_of: &str,
            done: Option<&Bound<'_, PyAny>>,
        ) -> PyResult<String> {
            self.about(py, [invoices, events], done, as_of, host::Schedules::journal)
        }

        /// What was done and never billed as JSON.
        fn leaks(
            &self,
            py: Python<'_>,
            events: &Bound<'_, PyAny>,
            as_of: &str,
            issued: Option<&Bound<'_, PyAny>>,
            skip_unreadable: bool,
        ) -> PyResult<String> {
            let options = options(as_of, (false, false, skip_unreadable), 1)?;
            let events = events::as_lines(events, Decimals::Number)?;
            let issued =
                issued.map(|issued| events::as_lines(issued, Decimals::Text)).transpose()?;
            let outcome =
                py.detach(|| host::guarded(|| self.0.leaks(&events, issued.as_deref(), &options)));
            outcome.and_then(|document| document).map_err(error)
        }

        /// Bills the cases of events.
        fn evaluate(
            &self,
            py: Python<'_>,
            events: &Bound<'_, PyAny>,
            as_of: &str,
            wanted: (bool, bool, bool),
            threads: usize,
        ) -> PyResult<Answer> {
            let options = options(as_of, wanted, threads)?;
            let events = events::as_lines(events, Decimals::Number)?;
            let answer = py.detach(|| host::guarded(|| host::evaluate(&self.0, &events, &options)));
            answer.map(Answer).map_err(error)
        }

        /// A session.
        fn session(
            &self,
            as_of: &str,
            wanted: (bool, bool, bool),
            threads: usize,
        ) -> PyResult<Session> {
            let options = options(as_of, wanted, threads)?;
            Ok(Session(Mutex::new(host::Session::new(self.0.clone(), options))))
        }
    }

    /// What cases come to: texts of JSON, one object a line.
    #[pyclass(frozen)]
    struct Answer(host::Answer);

    #[pymethods]
    impl Answer {
        #[getter]
        fn lines(&self) -> &str {
            &self.0.lines
        }

        #[getter]
        fn invoices(&self) -> &str {
            &self.0.invoices
        }

        #[getter]
        fn withheld(&self) -> &str {
            &self.0.withheld
        }

        #[getter]
        fn notices(&self) -> &str {
            &self.0.notices
        }

        #[getter]
        fn billed(&self) -> u64 {
            self.0.billed
        }

        #[getter]
        fn held(&self) -> u64 {
            self.0.held
        }
    }

    /// Cases that come batch by batch.
    #[pyclass(frozen)]
    struct Session(Mutex<host::Session<Arc<host::Schedules>>>);

    impl Session {
        /// Works on the session while Python goes on. A thread that waited for another here would do so with
        /// what the other needs to end, so that it is refused.
        fn with<T: Send>(
            &self,
            py: Python<'_>,
            work: impl FnOnce(&mut host::Session<Arc<host::Schedules>>) -> Result<T, Failure> + Send,
        ) -> PyResult<T> {
            let outcome = py.detach(|| {
                let mut session = match self.0.try_lock() {
                    Ok(session) => session,
                    Err(TryLockError::Poisoned(poisoned)) => PoisonError::into_inner(poisoned),
                    Err(TryLockError::WouldBlock) => {
                        return Err(Failure::from("another thread is at work on this session"));
                    }
                };
                host::guarded(|| work(&mut session)).and_then(|outcome| outcome)
            });
            outcome.map_err(error)
        }
    }

    #[pymethods]
    impl Session {
        /// Takes a batch.
        fn feed(&self, py: Python<'_>, events: &Bound<'_, PyAny>) -> PyResult<()> {
            let events = events::as_lines(events, Decimals::Number)?;
            self.with(py, |session| session.feed(&events))
        }

        /// What finished cases come to.
        fn take(&self, py: Python<'_>) -> PyResult<Answer> {
            self.with(py, |session| Ok(Answer(session.take())))
        }

        /// Bills what is left.
        fn finish(&self, py: Python<'_>) -> PyResult<Answer> {
            self.with(py, |session| session.finish().map(Answer))
        }
    }
}
