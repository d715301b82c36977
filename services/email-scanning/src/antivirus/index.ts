export {
  type Antivirus,
  type AntivirusConfig,
  type AntivirusState,
  createAntivirus,
  type Viruses,
} from './antivirus.ts';
