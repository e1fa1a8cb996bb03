//! The border to Python: in, what Python gives; out, texts of JSON, which `package/jalon/__init__.py` reads. No call
//! fails for what is wrong with a case, and no failure of the program passes as anything but an error.

mod events;

#[pyo3::pymodule]
mod _jalon {
    use crate::events;
    use crate::events::Decimals;
    use arrow_array::ffi_stream::{FFI_ArrowArrayStream, RecordBatchStreamReader};
    use arrow_array::{RecordBatch, RecordBatchIterator};
    use arrow_schema::SchemaRef;
    use jalon_host::{self as host, Failure, Invoices, Options};
    use pyo3::create_exception;
    use pyo3::exceptions::{PyException, PyTypeError, PyValueError};
    use pyo3::prelude::*;
    use pyo3::types::PyCapsule;
    use std::ffi::CStr;
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

    /// What a capsule of a stream is called.
    const STREAM: &CStr = c"arrow_array_stream";

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

        /// How lines came about as JSON.
        fn explain(
            &self,
            py: Python<'_>,
            events: &Bound<'_, PyAny>,
            as_of: &str,
            case: Option<&str>,
            skip_unreadable: bool,
        ) -> PyResult<String> {
            let options = options(as_of, (false, false, skip_unreadable), 1)?;
            let events = events::as_lines(events, Decimals::Number)?;
            let outcome = py.detach(|| host::guarded(|| self.0.explain(&events, case, &options)));
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

        /// Bills the cases of events that are columns.
        fn evaluate_arrow(
            &self,
            py: Python<'_>,
            events: &Bound<'_, PyAny>,
            as_of: &str,
            skip_unreadable: bool,
            threads: usize,
            progress: Option<Py<PyAny>>,
        ) -> PyResult<ArrowAnswer> {
            let options = options(as_of, (false, false, skip_unreadable), threads)?;
            let batches = stream_of(events)?;
            // What the host's own callable raises is passed on, as it is.
            let mut raised = None;
            let mut told = |rows: u64, cases: u64, all: Option<u64>| {
                let Some(progress) = &progress else { return Ok(()) };
                let heard = Python::attach(|py| progress.call1(py, (rows, cases, all)).map(drop));
                heard.map_err(|error| {
                    raised = Some(error);
                    Failure::from("progress was not heard")
                })
            };
            let outcome = py.detach(|| {
                host::guarded(|| host::evaluate_arrow(&self.0, batches, &options, &mut told))
            });
            match (outcome.and_then(|answer| answer), raised) {
                (_, Some(raised)) => Err(raised),
                (answer, None) => answer.map(ArrowAnswer).map_err(error),
            }
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

    /// Batches of whatever has Arrow's stream: they are taken from it, and nobody else reads them any more.
    #[allow(
        unsafe_code,
        reason = "a stream of Arrow is a pointer that its maker alone can vouch for"
    )]
    fn stream_of(events: &Bound<'_, PyAny>) -> PyResult<RecordBatchStreamReader> {
        let stream = events.getattr("__arrow_c_stream__").map_err(|_| {
            PyTypeError::new_err(
                "events have to have Arrow's stream (`__arrow_c_stream__`), as tables of pyarrow, Polars, DuckDB and pandas have",
            )
        })?;
        let capsule = stream.call0()?;
        let capsule = capsule.cast::<PyCapsule>()?;
        let pointer = capsule.pointer_checked(Some(STREAM))?.cast::<FFI_ArrowArrayStream>();
        // SAFETY: a capsule of this name holds a stream that is sound or released, which is what the interface says;
        // it is moved out, and what is left behind is released, so that nobody ends it twice.
        let stream = unsafe { FFI_ArrowArrayStream::from_raw(pointer.as_ptr()) };
        RecordBatchStreamReader::try_new(stream)
            .map_err(|error| PyValueError::new_err(error.to_string()))
    }

    /// A table that others read as Arrow's stream, as often as they like.
    #[pyclass(frozen)]
    struct Table {
        batches: Vec<RecordBatch>,
        schema: SchemaRef,
    }

    #[pymethods]
    impl Table {
        /// The stream. Another schema than its own may be asked for, and is not given.
        #[pyo3(signature = (requested_schema=None))]
        fn __arrow_c_stream__<'py>(
            &self,
            py: Python<'py>,
            requested_schema: Option<&Bound<'py, PyAny>>,
        ) -> PyResult<Bound<'py, PyCapsule>> {
            let _ = requested_schema;
            let batches = self.batches.clone().into_iter().map(Ok);
            let batches = RecordBatchIterator::new(batches, self.schema.clone());
            PyCapsule::new_with_value(py, FFI_ArrowArrayStream::new(Box::new(batches)), STREAM)
        }

        /// How many rows there are.
        fn __len__(&self) -> usize {
            self.batches.iter().map(RecordBatch::num_rows).sum()
        }
    }

    /// What cases come to, as tables.
    #[pyclass(frozen)]
    struct ArrowAnswer(host::ArrowAnswer);

    #[pymethods]
    impl ArrowAnswer {
        #[getter]
        fn lines(&self) -> Table {
            Table { batches: self.0.lines.clone(), schema: self.0.line_schema.clone() }
        }

        #[getter]
        fn withheld(&self) -> Table {
            let batch = self.0.withheld.clone();
            Table { schema: batch.schema(), batches: vec![batch] }
        }

        #[getter]
        fn billed(&self) -> u64 {
            self.0.billed
        }

        #[getter]
        fn held(&self) -> u64 {
            self.0.held
        }

        fn __repr__(&self) -> String {
            format!("<jalon.ArrowAnswer: {} billed, {} withheld>", self.0.billed, self.0.held)
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
