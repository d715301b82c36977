// In the process of each test file, before all else: tap's runner notes every module and reads it once more, as coverage
// wants it, for a second of processor time a file. The pattern says which modules not; this one takes all.
process.env._TAPJS_PROCESSINFO_EXCLUDE_ = '/./';
