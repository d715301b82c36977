import type { Stationery } from '../../../../training/honest/letter.ts';

export const stationery: Stationery = {
  language: 'pl',
  greeting: 'Szanowni Państwo, {name},',
  closing: 'Z wyrazami szacunku\n{company}',
  unsubscribe: 'Nie chcę otrzymywać newslettera',
  browser: 'Wersja internetowa',
  people: ['Joanna Mazur', 'Tomasz Kaczmarek', 'Ewa Pawlak'],
  companies: [
    ['Transport Bałtyk', 'transportbaltyk.pl', 'ul. Portowa 2, 81-350 Gdynia'],
    ['Uszczelki Sobczak', 'uszczelki-sobczak.pl', 'ul. Przemysłowa 9, 62-800 Kalisz'],
  ],
};

export const letters = `
invoice
Faktura za miniony miesiąc
Faktura {no} jest dostępna w portalu klienta. Kwota {amount} zł zostanie pobrana poleceniem zapłaty dnia {date}.
Nie muszą Państwo nic robić.
> Otwórz fakturę

order
Potwierdzenie przyjęcia zlecenia {no}
Potwierdzamy przyjęcie zlecenia i dziękujemy za zaufanie. Wysyłka z fabryki w 41. tygodniu.
| Pierścień 40 x 3, 300 szt. | 384,00 zł
| Złączka mosiężna 1/2, 50 szt. | 472,00 zł
| Wartość zamówienia | {amount} zł

delay
Opóźnienie dostawy {no}
Z powodu sztormu paleta dotrze dopiero {date}. Przepraszamy za kłopot.
W pilnych sprawach prosimy dzwonić pod numer 58 600 17 40.

password-reset
Nowe hasło do portalu
Dla Państwa konta poproszono o nowe hasło. Prosimy ustawić je w ciągu dwóch godzin, korzystając z odnośnika.
Jeśli to pomyłka, proszę nic nie robić; obecne hasło pozostaje ważne.
> Ustaw hasło

reminder
Saldo nierozliczone na dzień {date}
Po uzgodnieniu kont stwierdziliśmy, że poniższe saldo pozostaje nierozliczone. Prosimy o wpłatę do {date} lub informację o ewentualnym błędzie.
| Saldo | {amount} zł

notice
Delegacje: nowy formularz
Od października delegacje rozliczamy tylko w intranecie. Paski wynagrodzeń będą dostępne w piątek w folderze osobistym.
`;
