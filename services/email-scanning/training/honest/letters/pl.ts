import type { Stationery } from '../letter.ts';

export const stationery: Stationery = {
  language: 'pl',
  greeting: 'Dzień dobry, {name}!',
  closing: 'Z poważaniem\nZespół {company}',
  unsubscribe: 'Wypisz się z newslettera',
  browser: 'Zobacz w przeglądarce',
  people: ['Katarzyna Nowak', 'Piotr Zieliński', 'Agnieszka Wójcik', 'Marek Lis'],
  companies: [
    ['Tartak Dębina', 'tartakdebina.pl', 'ul. Leśna 3, 34-300 Żywiec'],
    ['Biuro Plus', 'biuroplus-sklep.pl', 'ul. Długa 41, 31-147 Kraków'],
    ['Narzędzia Kowalik', 'narzedziakowalik.pl', 'ul. Fabryczna 16, 90-344 Łódź'],
  ],
};

export const letters = `
invoice
Faktura {no}
Przesyłamy fakturę {no} z dnia {date} za dostarczony towar. Dziękujemy za zamówienie.
Termin płatności wynosi 14 dni. Prosimy o przelew na znany Państwu rachunek z podaniem numeru faktury.
| Kwota netto | 980,00 zł
| VAT 23% | 225,40 zł
| Do zapłaty | {amount} zł
> Zobacz fakturę

order
Potwierdzenie zamówienia {no}
Dziękujemy za zakupy. Przygotowujemy zamówienie i damy znać, gdy opuści magazyn.
Adres dostawy można zmienić do chwili wysyłki.
| 10 x Segregator A4 | 89,00 zł
| Dostawa | 14,90 zł
| Razem | {amount} zł
> Zobacz zamówienie

shipping
Paczka jest w drodze
Zamówienie {no} zostało przekazane kurierowi. Numer przesyłki to {tracking}.
Dostawa planowana jest na {date}. Jeśli nikogo nie będzie w domu, kurier zostawi paczkę w punkcie odbioru.
> Śledź paczkę

password-reset
Zmiana hasła
Otrzymaliśmy prośbę o zmianę hasła do konta. Kliknij przycisk, aby ustawić nowe hasło. Link jest ważny 24 godziny.
Jeśli to nie Ty, zignoruj tę wiadomość. Hasło pozostanie bez zmian.
> Ustaw nowe hasło

newsletter
Jesień w warsztacie: nowości października
W tym miesiącu nasz stolarz pokazuje, jak odnowić stary dębowy stół bez szlifowania całego blatu.
Do końca miesiąca rabat 10% na oleje i woski oraz darmowa dostawa od 200 zł.
> Czytaj dalej

reminder
Przypomnienie o płatności: faktura {no}
Według naszych danych faktura {no} z dnia {date} nie została jeszcze opłacona. Zapewne to przeoczenie.
Prosimy o wpłatę w ciągu 7 dni. Jeśli płatność została już dokonana, prosimy nie brać pod uwagę tej wiadomości.
| Do zapłaty | {amount} zł

statement
Wyciąg z rachunku jest gotowy
Wyciąg za ten miesiąc jest dostępny w bankowości internetowej w zakładce Dokumenty.
Nigdy nie prosimy o hasło w wiadomości e-mail. Uwaga na phishing.

quote
Oferta {no}
Dziękujemy za zapytanie. W załączeniu przesyłamy ofertę ważną do {date}.
Czas dostawy to około trzech tygodni od złożenia zamówienia. W razie pytań pozostaję do dyspozycji.
| Deska tarasowa 120 m | 3.960,00 zł
| Transport | 180,00 zł
`;
