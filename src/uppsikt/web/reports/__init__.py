"""Reports: built from definitions, checked, decided and then fixed for ever."""
